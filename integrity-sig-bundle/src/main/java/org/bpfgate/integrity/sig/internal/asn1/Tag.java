package org.bpfgate.integrity.sig.internal.asn1;

/** Identifier octets of ITU-T X.690: class, constructed bit and number in one byte. */
public final class Tag {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int BOOLEAN = 0x01;

    /** A SEQUENCE, which is always constructed. */
    public static final int SEQUENCE = 0x30;

    /** A SET, which is always constructed. */
    public static final int SET = 0x31;

    /** The bit that says that the content is a row of elements. */
    static final int CONSTRUCTED = 0x20;

    /** All five number bits: the number follows in further bytes, which nothing read here needs. */
    static final int LONG_NUMBER = 0x1f;

    private Tag() {}

    /** The constructed context-specific tag of that number, 0 to 30. */
    public static int context(int number) {
        return 0xa0 | number;
    }

    /** The primitive context-specific tag of that number, 0 to 30. */
    public static int contextPrimitive(int number) {
        return 0x80 | number;
    }
}
