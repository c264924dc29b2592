package org.bpfgate.integrity.sig.internal.asn1;

import org.jspecify.annotations.Nullable;

/**
 * Walks a row of BER elements, definite or indefinite in length, without copying them. It takes what the kernel's decoder
 * takes: one-byte tags and lengths of at most two further octets. Used by one thread.
 */
public final class BerReader {
    /** The kernel's decoder refuses more bytes than 65,535, and longer length octets than that needs. */
    public static final int MAX_SIZE = 0xffff;

    /** Far above what any message needs; keeps hostile nesting from filling the stack. The kernel counts without recursion. */
    static final int MAX_DEPTH = 32;

    private static final int INDEFINITE = 0x80;
    private static final int MAX_LENGTH_OCTETS = 2;

    private final byte[] buffer;
    private final int end;
    private int at;

    /** Reads a whole buffer, which must not change meanwhile. */
    public BerReader(byte[] buffer) {
        this(buffer, 0, buffer.length);
    }

    BerReader(byte[] buffer, int start, int end) {
        this.buffer = buffer;
        this.at = start;
        this.end = end;
    }

    /** Returns whether there is another byte. */
    public boolean hasNext() {
        return at < end;
    }

    /** Returns whether the next element has that tag. */
    public boolean isNext(int tag) {
        return at < end && (buffer[at] & 0xff) == tag;
    }

    /**
     * Takes the next element, whatever it is.
     *
     * @param what for the error message, for example "the signer's serial number"
     */
    public Element next(String what) throws BerException {
        if (at >= end) {
            throw new BerException(at, what + " is missing");
        }
        Element element = read(at, 0);
        at = element.end();
        return element;
    }

    /** Takes the next element, which must have that tag. */
    public Element next(int tag, String what) throws BerException {
        if (at < end && (buffer[at] & 0xff) != tag) {
            throw new BerException(at, what + " is expected, but found tag " + Integer.toHexString(buffer[at] & 0xff));
        }
        return next(what);
    }

    /** Takes the next element if it has that tag; null, and nothing taken, otherwise. */
    public @Nullable Element nextIf(int tag, String what) throws BerException {
        return isNext(tag) ? next(what) : null;
    }

    /**
     * Makes sure that nothing is left.
     *
     * @param what was read, for the error message
     */
    public void end(String what) throws BerException {
        if (at < end) {
            throw new BerException(at, "unexpected data behind " + what);
        }
    }

    private Element read(int offset, int depth) throws BerException {
        if (end - offset < 2) {
            throw new BerException(offset, "the data ends inside an element");
        }
        if ((buffer[offset] & Tag.LONG_NUMBER) == Tag.LONG_NUMBER) {
            throw new BerException(offset, "tags of several bytes are not supported");
        }
        int first = buffer[offset + 1] & 0xff;
        return first == INDEFINITE ? indefinite(offset, depth) : definite(offset, first);
    }

    private Element definite(int offset, int first) throws BerException {
        int octets = first < INDEFINITE ? 0 : first - INDEFINITE;
        if (octets > MAX_LENGTH_OCTETS) {
            throw new BerException(offset, "the element claims more than 65535 bytes");
        }
        int start = offset + 2 + octets;
        int length = octets == 0 ? first : 0;
        for (int i = offset + 2; i < start && i < end; i++) {
            length = length << 8 | (buffer[i] & 0xff);
        }
        if (start > end || length > end - start) {
            throw new BerException(offset, "the element is longer than the data");
        }
        return new Element(buffer, offset, start, start + length, start + length);
    }

    private Element indefinite(int offset, int depth) throws BerException {
        if ((buffer[offset] & Tag.CONSTRUCTED) == 0) {
            throw new BerException(offset, "a primitive element cannot have an indefinite length");
        }
        if (depth == MAX_DEPTH) {
            throw new BerException(offset, "elements are nested more than " + MAX_DEPTH + " deep");
        }
        int start = offset + 2;
        int next = start;
        while (!isEndMark(next)) {
            next = read(next, depth + 1).end();
        }
        return new Element(buffer, offset, start, next, next + 2);
    }

    private boolean isEndMark(int offset) throws BerException {
        if (end - offset < 2) {
            throw new BerException(offset, "the end mark of an indefinite length is missing");
        }
        return buffer[offset] == 0 && buffer[offset + 1] == 0;
    }
}
