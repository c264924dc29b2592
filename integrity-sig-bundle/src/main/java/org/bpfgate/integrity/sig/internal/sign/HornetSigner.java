package org.bpfgate.integrity.sig.internal.sign;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.program.Instructions;

/**
 * Signs by the contracts {@code hornet} and {@code hornet-v7}, as {@code gen_sig} does: the signature covers attributes,
 * which hold the digest of the instructions and the hashes of the maps. Safe for use by several threads.
 */
public final class HornetSigner implements ProgramSigner {
    private final MapSchema schema;
    private final InstantSource clock;

    /** A signer that takes the signing time from a clock. */
    public HornetSigner(MapSchema schema, InstantSource clock) {
        this.schema = schema;
        this.clock = clock;
    }

    @Override
    public byte[] sign(SigningIdentity identity, Instructions instructions, List<byte[]> maps) throws SigningException {
        Signing.requireComplete(instructions);
        if (maps.size() > schema.limit()) {
            throw new SigningException(
                    maps.size() + " maps are too many: a signature covers at most " + schema.limit());
        }
        return Signing.sign(identity, key -> {
            if (schema == MapSchema.INDEXED_HASHES) {
                Signing.requireClassical(key, schema.contract());
            } else if (key.algorithm().kind().isMlDsa()) {
                identity.warnings()
                        .accept(SignerWarnings.notInDefaultMode(key.algorithm().kind()));
            }
            byte[] attributes = attributes(key.digest(), instructions, maps);
            return new CmsMessage(key, SignerIdentifier.ISSUER_AND_SERIAL).overAttributes(attributes);
        });
    }

    private byte[] attributes(DigestAlgorithm digest, Instructions instructions, List<byte[]> maps) {
        List<byte[]> hashes = new ArrayList<>();
        for (byte[] map : maps) {
            // The kernel has no other hash over maps, whatever the signature digests with.
            hashes.add(DigestAlgorithm.SHA256.digest(map));
        }
        return AttributeSet.of(digest.digest(instructions.toByteArray()), clock.instant(), schema.attribute(hashes));
    }
}
