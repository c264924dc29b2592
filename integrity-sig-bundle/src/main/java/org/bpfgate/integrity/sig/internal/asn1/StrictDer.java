package org.bpfgate.integrity.sig.internal.asn1;

import java.util.Arrays;

/**
 * The rules of DER (ITU-T X.690, 10 and 11.6) that BER leaves open: definite and shortest lengths, sorted sets, and nothing
 * behind the end. One signed message then has one form only.
 */
public final class StrictDer {
    private StrictDer() {}

    /**
     * Requires DER.
     *
     * @param bytes one element, in BER
     * @throws BerException at the first element that is not in DER
     */
    public static void require(byte[] bytes) throws BerException {
        BerReader reader = new BerReader(bytes);
        Element whole = reader.next("a message");
        reader.end("the message");
        require(whole, 0);
    }

    private static void require(Element element, int depth) throws BerException {
        if (element.headerSize() != shortestHeader(element.length()) || element.isIndefinite()) {
            throw element.fault("the length is not in its shortest form, as DER wants it");
        }
        if ((element.tag() & Tag.CONSTRUCTED) == 0) {
            return;
        }
        if (depth == BerReader.MAX_DEPTH) {
            throw element.fault("elements are nested more than " + BerReader.MAX_DEPTH + " deep");
        }
        requireChildren(element, depth + 1);
    }

    private static void requireChildren(Element parent, int depth) throws BerException {
        BerReader children = parent.children();
        byte[] before = {};
        while (children.hasNext()) {
            Element child = children.next("an element");
            require(child, depth);
            if (parent.tag() == Tag.SET) {
                byte[] encoded = child.encoded();
                if (Arrays.compareUnsigned(before, encoded) > 0) {
                    throw child.fault("the members of a set are not sorted, as DER wants it");
                }
                before = encoded;
            }
        }
    }

    /** One byte of tag, one of length, and up to two more (X.690, 8.1.3; longer ones the reader refuses). */
    private static int shortestHeader(int length) {
        return length < 0x80 ? 2 : length < 0x100 ? 3 : 4;
    }
}
