package org.bpfgate.integrity.sig.internal.sign;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.pkcs7.Pkcs7Oid;

/** Writes the attributes that a signature covers (RFC 5652, 11). */
final class AttributeSet {
    private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;

    private AttributeSet() {}

    /**
     * The attributes as the SET that is signed.
     *
     * @param digest of the content
     * @param time of signing
     * @param more one further attribute
     */
    static byte[] of(byte[] digest, Instant time, byte[] more) {
        return Der.set(List.of(
                attribute(Pkcs7Oid.CONTENT_TYPE, Der.oid(Pkcs7Oid.DATA)),
                attribute(Pkcs7Oid.SIGNING_TIME, time(time.atZone(ZoneOffset.UTC))),
                attribute(Pkcs7Oid.MESSAGE_DIGEST, Der.element(Tag.OCTET_STRING, digest)),
                more));
    }

    private static byte[] attribute(Oid type, byte[] value) {
        return Der.sequence(Der.oid(type), Der.element(Tag.SET, value));
    }

    /** RFC 5652, 11.3 wants UTCTime through the year 2049. */
    private static byte[] time(ZonedDateTime time) {
        boolean general = time.getYear() >= FIRST_YEAR_OF_GENERALIZED_TIME;
        String text = DateTimeFormatter.ofPattern(general ? "uuuuMMddHHmmss'Z'" : "uuMMddHHmmss'Z'")
                .format(time);
        return Der.element(general ? Tag.GENERALIZED_TIME : Tag.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }
}
