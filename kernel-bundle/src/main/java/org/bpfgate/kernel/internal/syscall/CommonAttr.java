package org.bpfgate.kernel.internal.syscall;

/** Offsets of the fields of {@code struct bpf_common_attr}, {@code include/uapi/linux/bpf.h} of Linux 7.2, in bytes. */
public final class CommonAttr {
    public static final int LOG_BUF = 0;
    public static final int LOG_SIZE = 8;
    public static final int LOG_LEVEL = 12;
    public static final int LOG_TRUE_SIZE = 16;

    /** {@code sizeof(struct bpf_common_attr)}, with the four bytes that fill it up. */
    public static final int SIZE = 24;

    private CommonAttr() {}
}
