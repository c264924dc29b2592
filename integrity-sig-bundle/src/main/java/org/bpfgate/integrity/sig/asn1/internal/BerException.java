package org.bpfgate.integrity.sig.asn1.internal;

/**
 * Bytes are not what they should be. The message is one line that says where and what. Carries no stack trace: it reports
 * an input, not a defect, and is made for every piece of junk that a client sends.
 */
public final class BerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A fault that has no place in the bytes, for example an unsupported algorithm. */
    public BerException(String what) {
        super(what, null, false, false);
    }

    /**
     * A fault at a place.
     *
     * @param offset of the first byte at fault, counted from 0
     * @param what is wrong there
     */
    public BerException(int offset, String what) {
        this("at byte " + offset + ": " + what);
    }

    /** Returns the message, which is never null. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
