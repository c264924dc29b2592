package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.Signer;
import org.bpfgate.integrity.sig.internal.x509.Certificate;

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

    /**
     * Makes one whose trust rests on a certificate of a keyring.
     *
     * @param below the place in the signer's chain of the certificate that the keyring's key signed; -1 for none
     */
    static TrustedSigner through(VerifiedSigner signer, int below, Certificate known) {
        List<Certificate> path = new ArrayList<>(signer.chain().subList(0, below + 1));
        path.add(known);
        return new TrustedSigner(signer.info(), path);
    }

    /** Returns the certificate whose key verified the signature. */
    public Certificate certificate() {
        return path.get(0);
    }

    /** Returns who this is and who vouches for it, for reports. */
    public Signer asSigner() {
        Signer alone = certificate().asSigner();
        List<String> authorities =
                path.stream().skip(1).map(Certificate::sha256).toList();
        return authorities.isEmpty() ? alone : new Signer(alone.certificate(), alone.subject(), authorities);
    }

    /**
     * Names all trusted signers of a message in a report.
     *
     * @param all the signers in the order of the message, this one among them; this one is named first
     */
    public IntegrityReport name(IntegrityReport report, List<TrustedSigner> all) {
        Set<Signer> signers = new LinkedHashSet<>();
        signers.add(asSigner());
        for (TrustedSigner signer : all) {
            signers.add(signer.asSigner());
        }
        return report.withSigners(List.copyOf(signers), info.digest().toString());
    }
}
