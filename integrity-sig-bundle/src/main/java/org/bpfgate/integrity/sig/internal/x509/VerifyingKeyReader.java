package org.bpfgate.integrity.sig.internal.x509;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). Curves are taken by name only and RSA sizes are bounded, so that no
 * key makes a verification slow.
 */
final class VerifyingKeyReader {
    /** Less than what anyone may still use (NIST SP 800-131A disallows it since 2013); the kernel itself sets no bound. */
    static final int MIN_RSA_BITS = 1024;

    /** The largest modulus that the Java platform verifies with. */
    static final int MAX_RSA_BITS = 16384;

    /** Wider public exponents serve only to make verification slow; common ones have 2 or 17 bits. */
    static final int MAX_RSA_EXPONENT_BITS = 64;

    private static final Oid EC_PUBLIC_KEY = Oid.of("2a8648ce3d0201");
    private static final Oid P256 = Oid.of("2a8648ce3d030107");
    private static final Oid P384 = Oid.of("2b81040022");
    private static final Oid P521 = Oid.of("2b81040023");

    private VerifyingKeyReader() {}

    /**
     * Reads a key.
     *
     * @param info the SubjectPublicKeyInfo element
     * @throws BerException when it is malformed, of a kind that is not supported, or out of bounds
     */
    static VerifyingKey read(Element info) throws BerException {
        BerReader algorithm =
                info.children().next(Tag.SEQUENCE, "the public key's algorithm").children();
        Oid oid = Oid.of(algorithm.next(Tag.OBJECT_IDENTIFIER, "the public key's algorithm"));
        if (oid.equals(EC_PUBLIC_KEY)) {
            requireKnownCurve(algorithm);
            return new VerifyingKey(KeyKind.ECDSA, generate(KeyKind.ECDSA, info));
        }
        SignatureAlgorithm known = SignatureAlgorithm.of(oid);
        if (known == SignatureAlgorithm.RSA) {
            return new VerifyingKey(KeyKind.RSA, bounded(generate(KeyKind.RSA, info)));
        }
        if (known != null && known.kind().isMlDsa()) {
            return new VerifyingKey(known.kind(), generate(known.kind(), info));
        }
        throw new BerException(
                "keys of algorithm " + oid + " are not supported (RSA, P-256, P-384, P-521 and ML-DSA are)");
    }

    private static void requireKnownCurve(BerReader algorithm) throws BerException {
        Oid curve = Oid.of(algorithm.next(Tag.OBJECT_IDENTIFIER, "the name of the curve"));
        if (!curve.equals(P256) && !curve.equals(P384) && !curve.equals(P521)) {
            throw new BerException("the curve " + curve + " is not supported (P-256, P-384 and P-521 are)");
        }
    }

    /** A Java platform before 24 knows no ML-DSA, so that its keys are not usable there. */
    private static PublicKey generate(KeyKind kind, Element info) throws BerException {
        String name = kind.keyFactoryName();
        try {
            return KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(info.encoded()));
        } catch (GeneralSecurityException e) {
            throw info.fault("the public key is not a usable " + name + " key");
        }
    }

    private static PublicKey bounded(PublicKey key) throws BerException {
        RSAPublicKey rsa = (RSAPublicKey) key;
        int bits = rsa.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new BerException("the RSA key has " + bits + " bits (from " + MIN_RSA_BITS + " to " + MAX_RSA_BITS
                    + " are supported)");
        }
        if (rsa.getPublicExponent().bitLength() > MAX_RSA_EXPONENT_BITS) {
            throw new BerException("the RSA key has a public exponent of more than 64 bits");
        }
        if (!rsa.getPublicExponent().testBit(0) || rsa.getPublicExponent().equals(BigInteger.ONE)) {
            throw new BerException("the RSA key has a public exponent of 1, or an even one");
        }
        return key;
    }
}
