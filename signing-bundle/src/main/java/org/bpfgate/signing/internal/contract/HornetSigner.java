package org.bpfgate.signing.internal.contract;

import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.key.DigestKind;
import org.bpfgate.signing.internal.key.SignerKey;
import org.bpfgate.signing.internal.message.Attributes;
import org.bpfgate.signing.internal.message.SignerName;

/**
 * Signs by the contracts {@code hornet} and {@code hornet-v7}, as {@code gen_sig} does: the signature covers attributes,
 * which hold the digest of the instructions and the hashes of the maps. Safe for use by several threads.
 */
public final class HornetSigner implements ProgramSigner {
    private final MapSchema schema;

    /** A signer for one of the two contracts. */
    public HornetSigner(MapSchema schema) {
        this.schema = schema;
    }

    @Override
    public byte[] sign(SigningRequest request, Instructions instructions, List<byte[]> maps) throws SigningException {
        Signing.requireComplete(instructions);
        if (maps.size() > schema.limit()) {
            throw new SigningException(
                    maps.size() + " maps are too many: a signature covers at most " + schema.limit());
        }
        SignerKey key = Signing.key(request.identity());
        if (schema == MapSchema.INDEXED_HASHES) {
            Signing.requireClassical(key, schema.contract());
        } else if (key.kind().isMlDsa()) {
            request.identity().warnings().accept(SignerWarnings.notInDefaultMode(key.kind()));
        }
        // The kernel has no other hash over maps, whatever the signature digests with.
        List<byte[]> hashes = maps.stream().map(DigestKind.SHA256::digest).toList();
        return Signing.message(request, key, SignerName.ISSUER_AND_SERIAL)
                .overAttributes(
                        instructions.toByteArray(),
                        new Attributes(request.time(), MapSchema.TYPE, schema.value(hashes)));
    }
}
