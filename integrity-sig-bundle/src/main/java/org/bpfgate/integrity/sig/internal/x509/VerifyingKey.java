package org.bpfgate.integrity.sig.internal.x509;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures are verified with.
 *
 * @param kind what sort of key
 * @param key the key itself, within the bounds that {@link VerifyingKeyReader} sets
 */
public record VerifyingKey(KeyKind kind, PublicKey key) {
    /** NIST SP 800-131A Rev. 2: at least 112 bits of strength. */
    private static final int MIN_RSA_BITS = 2048;

    /** FIPS 186-5, A.1.1: a public exponent above 2 to the power of 16. */
    private static final int MIN_EXPONENT_BITS = 17;

    /** Of all keys: two verifiers ask the same of one load, one after the other. */
    private static final KnownAnswers KNOWN = new KnownAnswers();

    /**
     * Verifies a signature.
     *
     * @param digest the digest that the signature is over; without meaning for ML-DSA, and null only there
     * @param data what was signed, not yet digested; as the signature not copied, and not to be written to any more
     * @param signature as it stands in the message or certificate
     * @return whether it was made with the private half of this key; false also for bytes that are no signature at all
     */
    public boolean verifies(@Nullable DigestAlgorithm digest, byte[] data, byte[] signature) {
        Boolean known = KNOWN.find(key, digest, data, signature);
        if (known != null) {
            return known;
        }
        boolean verifies = compute(digest, data, signature);
        KNOWN.keep(key, digest, data, signature, verifies);
        return verifies;
    }

    /** Returns whether it is an RSA key of less than 2048 bits or with an exponent below 65537, which mode strict refuses. */
    public boolean isWeak() {
        return key instanceof RSAPublicKey rsa
                && (rsa.getModulus().bitLength() < MIN_RSA_BITS
                        || rsa.getPublicExponent().bitLength() < MIN_EXPONENT_BITS);
    }

    private boolean compute(@Nullable DigestAlgorithm digest, byte[] data, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(kind.signatureName(digest));
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // The message chooses the bytes, so that they are malformed is one more way not to verify.
            return false;
        }
    }
}
