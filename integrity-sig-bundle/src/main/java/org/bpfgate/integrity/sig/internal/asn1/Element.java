package org.bpfgate.integrity.sig.internal.asn1;

import java.util.Arrays;

/**
 * One element in a buffer: where its header, content and end are. Immutable as long as nobody writes to the buffer, which
 * the reader's caller promises.
 */
public final class Element {
    private final byte[] buffer;
    private final int offset;
    private final int contentStart;
    private final int contentEnd;
    private final int end;

    /**
     * Marks an element.
     *
     * @param offset of the identifier octet
     * @param contentStart after the length octets
     * @param contentEnd after the content
     * @param end after the element: later than the content when its length is indefinite
     */
    Element(byte[] buffer, int offset, int contentStart, int contentEnd, int end) {
        this.buffer = buffer;
        this.offset = offset;
        this.contentStart = contentStart;
        this.contentEnd = contentEnd;
        this.end = end;
    }

    /** Returns the identifier octet, see {@link Tag}. */
    public int tag() {
        return buffer[offset] & 0xff;
    }

    /** Returns the offset of the identifier octet in the buffer. */
    public int offset() {
        return offset;
    }

    /** Returns the offset behind the element. */
    int end() {
        return end;
    }

    /** Returns the number of content bytes, without the end mark of an indefinite length. */
    public int length() {
        return contentEnd - contentStart;
    }

    /** Returns one content byte. */
    public int byteAt(int index) {
        return buffer[contentStart + index] & 0xff;
    }

    /** Returns a copy of the content bytes. */
    public byte[] content() {
        return Arrays.copyOfRange(buffer, contentStart, contentEnd);
    }

    /** Returns a copy of the whole element as it was sent, the end mark of an indefinite length included. */
    public byte[] encoded() {
        return Arrays.copyOfRange(buffer, offset, end);
    }

    /**
     * Returns a copy of header and content as sent, under another tag. The length octets stay as they are; the end mark of
     * an indefinite length is left out, as the kernel leaves it out of what it hashes.
     *
     * @param tag takes the place of the identifier octet
     */
    public byte[] retagged(int tag) {
        byte[] copy = Arrays.copyOfRange(buffer, offset, contentEnd);
        copy[0] = (byte) tag;
        return copy;
    }

    /** Reads the content as a row of elements. */
    public BerReader children() {
        return new BerReader(buffer, contentStart, contentEnd);
    }

    /** Returns the number of bytes of tag and length. */
    int headerSize() {
        return contentStart - offset;
    }

    /** Returns whether an end mark ends it. */
    boolean isIndefinite() {
        return end > contentEnd;
    }

    /** A malformation of this element. */
    public BerException fault(String what) {
        return fault(BerException.Kind.MALFORMED, what);
    }

    /** A fault in this element. */
    public BerException fault(BerException.Kind kind, String what) {
        return new BerException(kind, "at byte " + offset + ": " + what);
    }
}
