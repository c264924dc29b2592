package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.integrity.sig.internal.keyring.Revocations;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.x509.Certificate;

/**
 * Looks for revoked certificates among all that a message brings or its trust rests on. As with the blacklist keyring, one
 * is enough to refuse the message, whoever else signed it.
 */
final class RevokedPath {
    private RevokedPath() {}

    static boolean isAmong(List<TrustedSigner> trusted, List<VerifiedSigner> signers, Trust trust) {
        if (trust.keyrings().revocations().isEmpty()) {
            return false;
        }
        for (TrustedSigner signer : trusted) {
            if (isAmong(signer.path(), trust)) {
                return true;
            }
        }
        for (VerifiedSigner signer : signers) {
            if (isAmong(signer.chain(), trust)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(List<Certificate> certificates, Trust trust) {
        Revocations revocations = trust.keyrings().revocations();
        for (Certificate certificate : certificates) {
            if (revocations.isRevoked(certificate, trust.now())) {
                return true;
            }
        }
        return false;
    }
}
