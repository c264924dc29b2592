package org.bpfgate.integrity.sig.internal.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.jspecify.annotations.Nullable;

/**
 * The digests that the kernel's PKCS#7 and X.509 parsers know and the Java platform computes. The kernel also knows SM3 and
 * GOST 2012; a kernel built without them treats them as this gate does, as unsupported.
 */
public enum DigestAlgorithm {
    SHA1("SHA-1", "SHA1", "2b0e03021a"),
    SHA224("SHA-224", "SHA224", "608648016503040204"),
    SHA256("SHA-256", "SHA256", "608648016503040201"),
    SHA384("SHA-384", "SHA384", "608648016503040202"),
    SHA512("SHA-512", "SHA512", "608648016503040203"),
    SHA3_256("SHA3-256", "SHA3-256", "608648016503040208"),
    SHA3_384("SHA3-384", "SHA3-384", "608648016503040209"),
    SHA3_512("SHA3-512", "SHA3-512", "60864801650304020a");

    private final String javaName;
    private final String signaturePrefix;
    private final String oid;

    DigestAlgorithm(String javaName, String signaturePrefix, String oid) {
        this.javaName = javaName;
        this.signaturePrefix = signaturePrefix;
        this.oid = oid;
    }

    /** Finds the algorithm of that identifier; null when it is not supported. */
    public static @Nullable DigestAlgorithm of(Oid oid) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.oid.equals(oid.hex())) {
                return algorithm;
            }
        }
        return null;
    }

    /** Returns the object identifier. */
    public Oid oid() {
        return Oid.of(oid);
    }

    /** Digests the data. */
    public byte[] digest(byte[] data) {
        return newDigest().digest(data);
    }

    /** Returns a new object that digests data piece by piece. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform lacks " + javaName, e);
        }
    }

    /** Returns how the names of {@link java.security.Signature} begin for signatures over this digest. */
    String signaturePrefix() {
        return signaturePrefix;
    }

    @Override
    public String toString() {
        return javaName;
    }
}
