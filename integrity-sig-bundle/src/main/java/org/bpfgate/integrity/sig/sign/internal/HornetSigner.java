package org.bpfgate.integrity.sig.sign.internal;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.file.internal.InputFileException;
import org.bpfgate.integrity.sig.hornet.internal.SignedMaps;
import org.bpfgate.integrity.sig.keyring.internal.CertificateFile;
import org.bpfgate.integrity.sig.x509.internal.Certificate;
import org.bpfgate.integrity.sig.x509.internal.DigestAlgorithm;
import org.bpfgate.integrity.sig.x509.internal.KeyKind;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;

/** Signs by the contract {@code hornet}. Safe for use by several threads. */
public final class HornetSigner implements ProgramSigner {
    private final InstantSource clock;

    /** A signer that takes the signing time from a clock. */
    public HornetSigner(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public byte[] sign(Path key, Path certificate, Instructions instructions, List<byte[]> maps)
            throws SigningException {
        requireSignable(instructions, maps);
        try {
            PrivateKey privateKey = PrivateKeyFile.read(key);
            Certificate signer = CertificateFile.read(certificate).get(0);
            byte[] attributes = attributes(instructions, maps);
            byte[] signature = signature(privateKey, signer.key().kind(), attributes);
            if (!signer.key().verifies(DigestAlgorithm.SHA256, attributes, signature)) {
                throw new GeneralSecurityException("the signature does not verify");
            }
            return CmsMessage.of(signer, attributes, signature);
        } catch (InputFileException e) {
            throw new SigningException(e.what(), e);
        } catch (GeneralSecurityException e) {
            throw new SigningException(key + ": this private key does not belong to the certificate " + certificate, e);
        }
    }

    private static void requireSignable(Instructions instructions, List<byte[]> maps) throws SigningException {
        if (instructions.state() != RelocationState.COMPLETE) {
            throw new SigningException("a signature covers the instructions as loaded, which are not known offline: "
                    + instructions.pendingReason());
        }
        if (maps.size() > SignedMaps.MAX) {
            throw new SigningException(
                    maps.size() + " maps are too many: a signature covers at most " + SignedMaps.MAX);
        }
    }

    private byte[] attributes(Instructions instructions, List<byte[]> maps) {
        List<byte[]> hashes = new ArrayList<>();
        for (byte[] map : maps) {
            hashes.add(DigestAlgorithm.SHA256.digest(map));
        }
        byte[] digest = DigestAlgorithm.SHA256.digest(instructions.toByteArray());
        return CmsMessage.signedAttributes(digest, clock.instant(), SignedMaps.attribute(hashes));
    }

    /** The certificate says which kind of key is wanted; a key of another kind is refused by the platform. */
    private static byte[] signature(PrivateKey key, KeyKind kind, byte[] data) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(kind == KeyKind.RSA ? "SHA256withRSA" : "SHA256withECDSA");
        signer.initSign(key);
        signer.update(data);
        return signer.sign();
    }
}
