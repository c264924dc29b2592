package org.bpfgate.integrity.sig.internal.x509;

import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.jspecify.annotations.Nullable;

/** The identifiers of signature algorithms. RSA-PSS is not among them, as in the kernel. */
public enum SignatureAlgorithm {
    /** {@code rsaEncryption}, 1.2.840.113549.1.1.1: names no digest; what a PKCS#7 signer info has for RSA. */
    RSA("2a864886f70d010101", KeyKind.RSA, null),
    RSA_SHA1("2a864886f70d010105", KeyKind.RSA, DigestAlgorithm.SHA1),
    RSA_SHA224("2a864886f70d01010e", KeyKind.RSA, DigestAlgorithm.SHA224),
    RSA_SHA256("2a864886f70d01010b", KeyKind.RSA, DigestAlgorithm.SHA256),
    RSA_SHA384("2a864886f70d01010c", KeyKind.RSA, DigestAlgorithm.SHA384),
    RSA_SHA512("2a864886f70d01010d", KeyKind.RSA, DigestAlgorithm.SHA512),
    RSA_SHA3_256("60864801650304030e", KeyKind.RSA, DigestAlgorithm.SHA3_256),
    RSA_SHA3_384("60864801650304030f", KeyKind.RSA, DigestAlgorithm.SHA3_384),
    RSA_SHA3_512("608648016503040310", KeyKind.RSA, DigestAlgorithm.SHA3_512),
    ECDSA_SHA1("2a8648ce3d0401", KeyKind.ECDSA, DigestAlgorithm.SHA1),
    ECDSA_SHA224("2a8648ce3d040301", KeyKind.ECDSA, DigestAlgorithm.SHA224),
    ECDSA_SHA256("2a8648ce3d040302", KeyKind.ECDSA, DigestAlgorithm.SHA256),
    ECDSA_SHA384("2a8648ce3d040303", KeyKind.ECDSA, DigestAlgorithm.SHA384),
    ECDSA_SHA512("2a8648ce3d040304", KeyKind.ECDSA, DigestAlgorithm.SHA512),
    ECDSA_SHA3_256("60864801650304030a", KeyKind.ECDSA, DigestAlgorithm.SHA3_256),
    ECDSA_SHA3_384("60864801650304030b", KeyKind.ECDSA, DigestAlgorithm.SHA3_384),
    ECDSA_SHA3_512("60864801650304030c", KeyKind.ECDSA, DigestAlgorithm.SHA3_512),
    /** 2.16.840.1.101.3.4.3.17 and the two behind it (RFC 9881): name no digest, since ML-DSA needs none. */
    ML_DSA_44("608648016503040311", KeyKind.ML_DSA_44, null),
    ML_DSA_65("608648016503040312", KeyKind.ML_DSA_65, null),
    ML_DSA_87("608648016503040313", KeyKind.ML_DSA_87, null);

    private final String oid;
    private final KeyKind kind;
    private final @Nullable DigestAlgorithm digest;

    SignatureAlgorithm(String oid, KeyKind kind, @Nullable DigestAlgorithm digest) {
        this.oid = oid;
        this.kind = kind;
        this.digest = digest;
    }

    /** Finds the algorithm of that identifier; null when it is not supported. */
    public static @Nullable SignatureAlgorithm of(Oid oid) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.oid.equals(oid.hex())) {
                return algorithm;
            }
        }
        return null;
    }

    /** Returns the algorithm that signers use with a key of that kind over SHA-256, or over no digest. */
    public static SignatureAlgorithm ofSigner(KeyKind kind) {
        return switch (kind) {
            case RSA -> RSA;
            case ECDSA -> ECDSA_SHA256;
            case ML_DSA_44 -> ML_DSA_44;
            case ML_DSA_65 -> ML_DSA_65;
            case ML_DSA_87 -> ML_DSA_87;
        };
    }

    /** Returns the object identifier. */
    public Oid oid() {
        return Oid.of(oid);
    }

    /** Returns the kind of key that makes such signatures. */
    public KeyKind kind() {
        return kind;
    }

    /** Returns the digest that the identifier names; null when it leaves that open. */
    public @Nullable DigestAlgorithm digest() {
        return digest;
    }
}
