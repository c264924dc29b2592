package org.bpfgate.integrity.sig.internal.x509;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of key whose signatures can be verified: RSA with PKCS#1 v1.5 padding, ECDSA on a NIST curve, and the three
 * parameter sets of ML-DSA (FIPS 204). ML-DSA hashes by itself: what it signs is not digested before.
 */
public enum KeyKind {
    RSA("withRSA"),
    ECDSA("withECDSA"),
    ML_DSA_44("ML-DSA-44"),
    ML_DSA_65("ML-DSA-65"),
    ML_DSA_87("ML-DSA-87");

    private final String javaName;

    KeyKind(String javaName) {
        this.javaName = javaName;
    }

    /** Returns whether such a key signs data as they are, so that its signatures name no digest. */
    public boolean isMlDsa() {
        return compareTo(ML_DSA_44) >= 0;
    }

    /** Returns the name for people. */
    public String label() {
        return isMlDsa() ? javaName : name();
    }

    /**
     * Returns the name that {@link java.security.Signature} has for signatures by such a key.
     *
     * @param digest what RSA and ECDSA sign a digest of; ML-DSA does without, and null will do
     */
    public String signatureName(@Nullable DigestAlgorithm digest) {
        if (isMlDsa()) {
            return javaName;
        }
        if (digest == null) {
            throw new IllegalArgumentException("a signature by " + this + " is over a digest");
        }
        return digest.signaturePrefix() + javaName;
    }

    /** Returns the name that {@link java.security.KeyFactory} has for such keys. */
    public String keyFactoryName() {
        return switch (this) {
            case RSA -> "RSA";
            case ECDSA -> "EC";
            default -> javaName;
        };
    }
}
