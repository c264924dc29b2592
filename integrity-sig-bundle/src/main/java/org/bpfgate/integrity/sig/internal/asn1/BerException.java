package org.bpfgate.integrity.sig.internal.asn1;

import java.util.Objects;

/**
 * Bytes are not what they should be. The message is one line that says where and what. Carries no stack trace: it reports
 * an input, not a defect, and is made for every piece of junk that a client sends.
 */
public final class BerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Which of the kernel's parsers' error numbers the fault has. */
    public enum Kind {
        /** {@code EBADMSG}: the bytes do not follow the grammar. */
        MALFORMED,

        /** {@code EINVAL}: they do, and have a value that is not allowed. */
        INVALID,

        /** {@code ENOPKG}: they name an algorithm that is not supported. */
        UNSUPPORTED,

        /** {@code EKEYREJECTED}: they break a rule of signed attributes. */
        REJECTED
    }

    /** A malformation that has no place in the bytes. */
    public BerException(String what) {
        this(Kind.MALFORMED, what);
    }

    /** A fault that has no place in the bytes. */
    public BerException(Kind kind, String what) {
        super(what, null, false, false);
        this.kind = Objects.requireNonNull(kind);
    }

    /**
     * A malformation at a place.
     *
     * @param offset of the first byte at fault, counted from 0
     * @param what is wrong there
     */
    public BerException(int offset, String what) {
        this("at byte " + offset + ": " + what);
    }

    /** Returns the kind of fault. */
    public Kind kind() {
        return kind;
    }

    /** Returns the message, which is never null. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
