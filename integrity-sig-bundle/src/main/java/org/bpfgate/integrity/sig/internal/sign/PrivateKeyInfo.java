package org.bpfgate.integrity.sig.internal.sign;

import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * A private key in the form that the Java platform reads, PKCS#8 (RFC 5958).
 *
 * @param kind what sort of key
 * @param encoded the DER; owned by this value
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives only while a key file is read.
record PrivateKeyInfo(KeyKind kind, byte[] encoded) {
    private static final Oid EC_PUBLIC_KEY = Oid.of("2a8648ce3d0201");

    /** Reads a PKCS#8 key. */
    static PrivateKeyInfo read(byte[] pkcs8) throws BerException {
        BerReader fields = fields(pkcs8);
        fields.next(Tag.INTEGER, "the version of the key");
        Element identifier = fields.next(Tag.SEQUENCE, "the algorithm of the key");
        KeyKind kind = kind(Oid.of(identifier.children().next(Tag.OBJECT_IDENTIFIER, "the algorithm of the key")));
        if (!kind.isMlDsa()) {
            return new PrivateKeyInfo(kind, pkcs8);
        }
        Element key = fields.next(Tag.OCTET_STRING, "the key");
        return new PrivateKeyInfo(kind, wrap(identifier.encoded(), expanded(key)));
    }

    /** Wraps an RSAPrivateKey of PKCS#1. */
    static PrivateKeyInfo ofTraditionalRsa(byte[] key) {
        byte[] algorithm = Der.sequence(Der.oid(SignatureAlgorithm.RSA.oid()), Der.element(Tag.NULL));
        return new PrivateKeyInfo(KeyKind.RSA, wrap(algorithm, key));
    }

    /** Wraps an ECPrivateKey of RFC 5915, which must name its curve. */
    static PrivateKeyInfo ofTraditionalEc(byte[] key) throws BerException {
        BerReader fields = fields(key);
        fields.next(Tag.INTEGER, "the version of the key");
        fields.next(Tag.OCTET_STRING, "the key");
        byte[] curve =
                named(fields.nextIf(Tag.context(0), "the curve of the key")).encoded();
        return new PrivateKeyInfo(KeyKind.ECDSA, wrap(Der.sequence(Der.oid(EC_PUBLIC_KEY), curve), key));
    }

    private static KeyKind kind(Oid oid) throws BerException {
        if (oid.equals(EC_PUBLIC_KEY)) {
            return KeyKind.ECDSA;
        }
        SignatureAlgorithm known = SignatureAlgorithm.of(oid);
        if (known == null || (known != SignatureAlgorithm.RSA && !known.kind().isMlDsa())) {
            throw new BerException("keys of algorithm " + oid + " are not supported (RSA, EC and ML-DSA are)");
        }
        return known.kind();
    }

    /** A version, the algorithm, and the key in a form of its own as an OCTET STRING. */
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return Der.sequence(Der.integer(0), algorithm, Der.element(Tag.OCTET_STRING, key));
    }

    /** Of the three forms in RFC 9881, 6, JDK 25 reads only the expanded key; the form "both" holds it behind the seed. */
    private static byte[] expanded(Element key) throws BerException {
        Element form = key.children().next("the key");
        if (form.tag() == Tag.OCTET_STRING) {
            return form.encoded();
        }
        if (form.tag() != Tag.SEQUENCE) {
            throw form.fault("an ML-DSA key that is only a seed is not supported (the expanded key is)");
        }
        BerReader both = form.children();
        both.next(Tag.OCTET_STRING, "the seed");
        return both.next(Tag.OCTET_STRING, "the expanded key").encoded();
    }

    private static Element named(@Nullable Element parameters) throws BerException {
        if (parameters == null) {
            throw new BerException("it does not name its curve");
        }
        return parameters.children().next(Tag.OBJECT_IDENTIFIER, "the name of the curve");
    }

    private static BerReader fields(byte[] key) throws BerException {
        return new BerReader(key).next(Tag.SEQUENCE, "a private key").children();
    }
}
