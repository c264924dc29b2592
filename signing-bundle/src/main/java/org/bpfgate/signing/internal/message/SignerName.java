package org.bpfgate.signing.internal.message;

import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.signing.internal.key.SignerKey;

/** How a message names its signer, SignerIdentifier (RFC 5652, 5.3), which decides upon the versions in it. */
public enum SignerName {
    /** By issuer and serial number of the certificate. */
    ISSUER_AND_SERIAL(1) {
        @Override
        SignerInfoGenerator build(SignerInfoGeneratorBuilder builder, ContentSigner signer, SignerKey key)
                throws OperatorCreationException {
            return builder.build(signer, key.certificate());
        }
    },

    /** By the subject key identifier of the certificate. */
    SUBJECT_KEY(3) {
        @Override
        SignerInfoGenerator build(SignerInfoGeneratorBuilder builder, ContentSigner signer, SignerKey key)
                throws OperatorCreationException, SigningException {
            SubjectKeyIdentifier id =
                    SubjectKeyIdentifier.fromExtensions(key.certificate().getExtensions());
            if (id == null) {
                throw new SigningException(
                        "the certificate has no subject key identifier, by which this contract names the signer");
            }
            return builder.build(signer, id.getKeyIdentifier());
        }
    };

    private final int version;

    SignerName(int version) {
        this.version = version;
    }

    /** Returns the version of a signer info that names its signer so. */
    int version() {
        return version;
    }

    /**
     * Makes what writes the signer info.
     *
     * @throws SigningException when the certificate lacks what it is named by
     */
    abstract SignerInfoGenerator build(SignerInfoGeneratorBuilder builder, ContentSigner signer, SignerKey key)
            throws OperatorCreationException, SigningException;
}
