package org.bpfgate.integrity.sig.internal.sign;

import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyId;

/** How a message names its signer, SignerIdentifier (RFC 5652, 5.3), which decides upon the versions in it. */
enum SignerIdentifier {
    ISSUER_AND_SERIAL(1) {
        @Override
        byte[] of(Certificate signer) {
            return Der.sequence(Der.sequence(signer.issuer()), Der.element(Tag.INTEGER, signer.serial()));
        }
    },
    SUBJECT_KEY(3) {
        @Override
        byte[] of(Certificate signer) throws SigningException {
            KeyId key = signer.subjectKeyId();
            if (key == null) {
                throw new SigningException(
                        "the certificate has no subject key identifier, by which this contract names the signer");
            }
            return Der.element(Tag.contextPrimitive(0), key.bytes());
        }
    };

    private final int version;

    SignerIdentifier(int version) {
        this.version = version;
    }

    /** Returns the version of the signer info, and of a message whose only content type is data. */
    int version() {
        return version;
    }

    /**
     * Encodes the name.
     *
     * @throws SigningException when the certificate lacks what it is named by
     */
    abstract byte[] of(Certificate signer) throws SigningException;
}
