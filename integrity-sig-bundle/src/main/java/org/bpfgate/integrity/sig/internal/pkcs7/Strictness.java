package org.bpfgate.integrity.sig.internal.pkcs7;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.StrictDer;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.KeyPurpose;

/** What mode strict asks of a message and of a trusted signer beyond the kernel's rules. */
final class Strictness {
    private Strictness() {}

    /** The message has one form only: DER, to its last byte. */
    static Outcome ofEncoding(byte[] message) {
        try {
            StrictDer.require(message);
            return Outcome.PASSED;
        } catch (BerException e) {
            return notDer(e);
        }
    }

    /** The signer uses nothing weak or ambiguous, and each certificate is valid at the time that the gate's clock shows. */
    static Outcome ofSigner(TrustedSigner signer, long now) {
        if (isWeak(signer)) {
            return Outcome.failed(
                    Errno.EKEYREJECTED,
                    ReasonCode.WEAK_ALGORITHM,
                    "the signature of " + signer.info().name()
                            + " rests on SHA-1, or on an RSA key of less than 2048 bits or with an exponent below 65537");
        }
        for (Certificate certificate : signer.path()) {
            if (!certificate.validity().contains(now)) {
                return Outcome.failed(
                        Errno.EKEYREJECTED,
                        ReasonCode.EXPIRED_CERTIFICATE,
                        "the certificate of " + certificate.subject() + " "
                                + certificate.validity().outside(now));
            }
        }
        Outcome usage = ofKeyUsage(signer.path());
        return usage.isPassed() ? ofAttributes(signer.info()) : usage;
    }

    /** The first certificate signed the message, each further one the certificate before it. */
    private static Outcome ofKeyUsage(List<Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            KeyPurpose purpose = path.get(i).purpose();
            if (i == 0 ? !purpose.signsCode() : !purpose.signsCertificates()) {
                return Outcome.failed(
                        Errno.EKEYREJECTED,
                        ReasonCode.KEY_USAGE,
                        "the certificate of " + path.get(i).subject() + " is not for signing "
                                + (i == 0 ? "code" : "certificates") + ", by its key usage");
            }
        }
        return Outcome.PASSED;
    }

    /** They are sent under another tag, so that only here it shows that they are a set. */
    private static Outcome ofAttributes(SignerInfo info) {
        SignedAttributes attributes = info.attributes();
        try {
            if (attributes != null) {
                StrictDer.require(attributes.signedBytes());
            }
            return Outcome.PASSED;
        } catch (BerException e) {
            return notDer(e);
        }
    }

    private static Outcome notDer(BerException fault) {
        return Outcome.failed(Errno.EBADMSG, ReasonCode.NOT_DER, "the message is not in DER: " + fault.what());
    }

    private static boolean isWeak(TrustedSigner signer) {
        if (signer.info().digest() == DigestAlgorithm.SHA1) {
            return true;
        }
        for (Certificate certificate : signer.path()) {
            if (certificate.key().isWeak()) {
                return true;
            }
        }
        return false;
    }
}
