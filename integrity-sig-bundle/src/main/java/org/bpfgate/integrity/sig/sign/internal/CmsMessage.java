package org.bpfgate.integrity.sig.sign.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.bpfgate.integrity.sig.asn1.internal.Der;
import org.bpfgate.integrity.sig.asn1.internal.Oid;
import org.bpfgate.integrity.sig.asn1.internal.Tag;
import org.bpfgate.integrity.sig.pkcs7.internal.Pkcs7Oid;
import org.bpfgate.integrity.sig.x509.internal.Certificate;
import org.bpfgate.integrity.sig.x509.internal.DigestAlgorithm;
import org.bpfgate.integrity.sig.x509.internal.KeyKind;
import org.bpfgate.integrity.sig.x509.internal.SignatureAlgorithm;

/**
 * Writes a detached SignedData message (RFC 5652) the way the kernel's signing tool does: version 1, SHA-256, one signer
 * named by issuer and serial number, no certificates and no S/MIME capabilities.
 */
final class CmsMessage {
    private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;

    private CmsMessage() {}

    /**
     * The attributes to sign, as the SET that the signature covers.
     *
     * @param digest of the content
     * @param time of signing
     * @param more one further attribute
     */
    static byte[] signedAttributes(byte[] digest, Instant time, byte[] more) {
        return Der.set(List.of(
                attribute(Pkcs7Oid.CONTENT_TYPE, Der.oid(Pkcs7Oid.DATA)),
                attribute(Pkcs7Oid.SIGNING_TIME, time(time.atZone(ZoneOffset.UTC))),
                attribute(Pkcs7Oid.MESSAGE_DIGEST, Der.element(Tag.OCTET_STRING, digest)),
                more));
    }

    /**
     * The whole message.
     *
     * @param signer whose key signed
     * @param attributes the SET that was signed
     * @param signature over it
     */
    static byte[] of(Certificate signer, byte[] attributes, byte[] signature) {
        byte[] sha256 = Der.sequence(Der.oid(DigestAlgorithm.SHA256.oid()));
        byte[] signerInfo = Der.sequence(
                Der.integer(1),
                Der.sequence(Der.sequence(signer.issuer()), Der.element(Tag.INTEGER, signer.serial())),
                sha256,
                implicitlyTagged(attributes),
                signatureAlgorithm(signer.key().kind()),
                Der.element(Tag.OCTET_STRING, signature));
        byte[] signedData = Der.sequence(
                Der.integer(1),
                Der.element(Tag.SET, sha256),
                Der.sequence(Der.oid(Pkcs7Oid.DATA)),
                Der.element(Tag.SET, signerInfo));
        return Der.sequence(Der.oid(Pkcs7Oid.SIGNED_DATA), Der.element(Tag.context(0), signedData));
    }

    private static byte[] attribute(Oid type, byte[] value) {
        return Der.sequence(Der.oid(type), Der.element(Tag.SET, value));
    }

    /** The message carries the SET under the tag [0]; only its first byte differs from what is signed. */
    private static byte[] implicitlyTagged(byte[] set) {
        byte[] tagged = set.clone();
        tagged[0] = (byte) Tag.context(0);
        return tagged;
    }

    private static byte[] signatureAlgorithm(KeyKind kind) {
        return kind == KeyKind.RSA
                ? Der.sequence(Der.oid(SignatureAlgorithm.RSA.oid()), Der.element(Tag.NULL))
                : Der.sequence(Der.oid(SignatureAlgorithm.ECDSA_SHA256.oid()));
    }

    /** RFC 5652, 11.3 wants UTCTime through the year 2049. */
    private static byte[] time(ZonedDateTime time) {
        boolean general = time.getYear() >= FIRST_YEAR_OF_GENERALIZED_TIME;
        String text = DateTimeFormatter.ofPattern(general ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'")
                .format(time);
        return Der.element(general ? Tag.GENERALIZED_TIME : Tag.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }
}
