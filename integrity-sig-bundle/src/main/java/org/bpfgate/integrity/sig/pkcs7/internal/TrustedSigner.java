package org.bpfgate.integrity.sig.pkcs7.internal;

import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.x509.internal.Certificate;

/**
 * A signer whose signature is good and whom a keyring vouches for. Only the attributes of such a signer may be read.
 *
 * @param info the signer
 * @param path the certificates that the trust rests on: first the one whose key verified the signature, last the one of the
 *     keyring
 */
public record TrustedSigner(SignerInfo info, List<Certificate> path) {
    /** Copies the list. */
    public TrustedSigner {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("trust rests on a certificate");
        }
    }

    /** Returns the certificate whose key verified the signature. */
    public Certificate certificate() {
        return path.get(0);
    }

    /** Names this signer in a report. */
    public IntegrityReport name(IntegrityReport report) {
        return report.withSigner(certificate().asSigner(), info.digest().toString());
    }
}
