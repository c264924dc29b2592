package org.bpfgate.integrity.sig.internal.sign;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Objects;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;

/**
 * A private key and the certificate of its public half.
 *
 * @param privateKey makes the signatures
 * @param certificate says which kind of key is wanted; one of another kind is refused by the platform
 */
record SignerKey(PrivateKey privateKey, Certificate certificate) {
    /** Refuses nulls. */
    SignerKey {
        Objects.requireNonNull(privateKey);
        Objects.requireNonNull(certificate);
    }

    /**
     * Returns the digest of the content. SHA-256, as the kernel's tools use; with ML-DSA the one that RFC 9882 wants of
     * every implementation, because it is strong enough for all three parameter sets.
     */
    DigestAlgorithm digest() {
        return algorithm().kind().isMlDsa() ? DigestAlgorithm.SHA512 : DigestAlgorithm.SHA256;
    }

    /** Returns how the signatures are made. */
    SignatureAlgorithm algorithm() {
        return SignatureAlgorithm.ofSigner(certificate.key().kind());
    }

    /**
     * Signs.
     *
     * @throws GeneralSecurityException when the key does not belong to the certificate
     */
    byte[] sign(byte[] data) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(certificate.key().kind().signatureName(digest()));
        signer.initSign(privateKey);
        signer.update(data);
        byte[] signature = signer.sign();
        if (!certificate.key().verifies(digest(), data, signature)) {
            throw new GeneralSecurityException("the signature does not verify");
        }
        return signature;
    }
}
