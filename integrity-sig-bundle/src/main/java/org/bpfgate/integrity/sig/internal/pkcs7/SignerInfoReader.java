package org.bpfgate.integrity.sig.internal.pkcs7;

import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Element;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/** Reads one SignerInfo (RFC 5652, 5.3). */
final class SignerInfoReader {
    private final int messageVersion;
    private final Oid contentType;
    private final boolean mlDsa;

    /**
     * A reader for the signers of one message.
     *
     * @param mlDsa whether a signature may be one of ML-DSA, which kernels know since 2026 only
     */
    SignerInfoReader(int messageVersion, Oid contentType, boolean mlDsa) {
        this.messageVersion = messageVersion;
        this.contentType = contentType;
        this.mlDsa = mlDsa;
    }

    SignerInfo read(Element element) throws BerException {
        BerReader fields = element.children();
        SignerName name = name(fields.next(Tag.INTEGER, "the signer info's version"), fields);
        DigestAlgorithm digest = digest(fields.next(Tag.SEQUENCE, "the signer's digest algorithm"));
        if (fields.isNext(Tag.context(2))) {
            // Obsolete PKCS#7 form; the kernel parses it, but has no rule for what such a signature covers.
            throw element.fault("signed attributes in a SEQUENCE are not supported");
        }
        SignedAttributes attributes = attributes(fields.nextIf(Tag.context(0), "the signed attributes"));
        KeyKind keyKind = keyKind(fields.next(Tag.SEQUENCE, "the signer's signature algorithm"));
        byte[] signature = fields.next(Tag.OCTET_STRING, "the signature").content();
        skipUnsignedAttributes(fields);
        fields.end("the signer info");
        return new SignerInfo(name, digest, keyKind, attributes, signature);
    }

    /** Version 1 goes with version 1 of the message and an issuer; version 3 with a later message and a key identifier. */
    private SignerName name(Element version, BerReader fields) throws BerException {
        int number = version.length() == 1 ? version.byteAt(0) : -1;
        if (number != 1 && number != 3) {
            throw version.fault(BerException.Kind.INVALID, "a signer info has version 1 or 3");
        }
        if ((number == 1) != (messageVersion == 1)) {
            throw version.fault("a signer info of version " + number + " in a message of version " + messageVersion);
        }
        return number == 1 ? issuerAndSerial(fields) : subjectKey(fields);
    }

    private static SignerName issuerAndSerial(BerReader fields) throws BerException {
        BerReader parts = fields.next(Tag.SEQUENCE, "the signer's issuer and serial number")
                .children();
        Element issuer = parts.next(Tag.SEQUENCE, "the signer's issuer");
        Element serial = parts.next(Tag.INTEGER, "the signer's serial number");
        parts.end("the signer's serial number");
        return SignerName.ofIssuerAndSerial(issuer, serial);
    }

    private static SignerName subjectKey(BerReader fields) throws BerException {
        return SignerName.ofSubjectKey(fields.next(Tag.contextPrimitive(0), "the signer's key identifier"));
    }

    private static DigestAlgorithm digest(Element algorithm) throws BerException {
        Oid oid = algorithm(algorithm);
        DigestAlgorithm known = DigestAlgorithm.of(oid);
        if (known == null) {
            throw algorithm.fault(BerException.Kind.UNSUPPORTED, "the digest algorithm " + oid + " is not supported");
        }
        return known;
    }

    private @Nullable SignedAttributes attributes(@Nullable Element set) throws BerException {
        return set == null ? null : SignedAttributesReader.read(set, contentType);
    }

    private KeyKind keyKind(Element algorithm) throws BerException {
        Oid oid = algorithm(algorithm);
        SignatureAlgorithm known = SignatureAlgorithm.of(oid);
        if (known == null || !isForSigners(known)) {
            throw algorithm.fault(
                    BerException.Kind.UNSUPPORTED, "the signature algorithm " + oid + " is not supported");
        }
        return known.kind();
    }

    /** The kernel knows RSA here by the key's identifier only, and by the combined ones for SHA-3. */
    private boolean isForSigners(SignatureAlgorithm algorithm) {
        if (algorithm.kind().isMlDsa()) {
            return mlDsa;
        }
        DigestAlgorithm digest = algorithm.digest();
        return algorithm.kind() == KeyKind.ECDSA || digest == null || digest.compareTo(DigestAlgorithm.SHA3_256) >= 0;
    }

    /** An AlgorithmIdentifier; parameters may be anything, since none of the known algorithms has any that matter. */
    private static Oid algorithm(Element identifier) throws BerException {
        BerReader parts = identifier.children();
        Oid oid = Oid.of(parts.next(Tag.OBJECT_IDENTIFIER, "an algorithm's identifier"));
        if (parts.hasNext()) {
            parts.next("an algorithm's parameters");
        }
        parts.end("an algorithm's parameters");
        return oid;
    }

    /** They have to be attributes; what they say does not count, because anybody can add them. */
    private static void skipUnsignedAttributes(BerReader fields) throws BerException {
        if (!fields.isNext(Tag.context(1)) && !fields.isNext(Tag.context(3))) {
            return;
        }
        BerReader attributes = fields.next("the unsigned attributes").children();
        while (attributes.hasNext()) {
            BerReader parts =
                    attributes.next(Tag.SEQUENCE, "an unsigned attribute").children();
            parts.next(Tag.OBJECT_IDENTIFIER, "the type of an unsigned attribute");
            parts.next(Tag.SET, "the values of an unsigned attribute");
            parts.end("the unsigned attribute");
        }
    }
}
