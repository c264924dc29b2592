package org.bpfgate.integrity.sig.internal.asn1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Writes DER (ITU-T X.690, chapter 10 and 11): definite, shortest lengths and sorted sets. */
public final class Der {
    private Der() {}

    /**
     * One element.
     *
     * @param tag see {@link Tag}
     * @param parts make up the content, one behind the other
     */
    public static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        writeLength(element, content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /** A SEQUENCE of the parts, in that order. */
    public static byte[] sequence(byte[]... parts) {
        return element(Tag.SEQUENCE, parts);
    }

    /** A SET of the members, in the order that X.690, 11.6 asks for: by their encodings. */
    public static byte[] set(List<byte[]> members) {
        byte[][] sorted = members.toArray(byte[][]::new);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return element(Tag.SET, sorted);
    }

    /** An INTEGER between 0 and 127. */
    public static byte[] integer(int value) {
        return element(Tag.INTEGER, new byte[] {(byte) value});
    }

    /** An OBJECT IDENTIFIER. */
    public static byte[] oid(Oid oid) {
        return element(Tag.OBJECT_IDENTIFIER, oid.content());
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < 0x80) {
            out.write(length);
            return;
        }
        int octets = (32 - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(0x80 | octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            out.write(length >>> shift);
        }
    }
}
