package org.bpfgate.kernel.internal.syscall;

/**
 * Offsets of the fields of {@code union bpf_attr} for {@code BPF_PROG_LOAD}, {@code include/uapi/linux/bpf.h} of Linux 6.18, in
 * bytes. Pointers and their neighbours lie alike on x86-64 and aarch64.
 */
public final class ProgLoadAttr {
    public static final int PROG_TYPE = 0;
    public static final int INSN_CNT = 4;
    public static final int INSNS = 8;
    public static final int LICENSE = 16;
    public static final int LOG_LEVEL = 24;
    public static final int LOG_SIZE = 28;
    public static final int LOG_BUF = 32;
    public static final int KERN_VERSION = 40;
    public static final int PROG_FLAGS = 44;
    public static final int PROG_NAME = 48;
    public static final int PROG_IFINDEX = 64;
    public static final int EXPECTED_ATTACH_TYPE = 68;
    public static final int PROG_BTF_FD = 72;
    public static final int FUNC_INFO_REC_SIZE = 76;
    public static final int FUNC_INFO = 80;
    public static final int FUNC_INFO_CNT = 88;
    public static final int LINE_INFO_REC_SIZE = 92;
    public static final int LINE_INFO = 96;
    public static final int LINE_INFO_CNT = 104;
    public static final int ATTACH_BTF_ID = 108;
    public static final int ATTACH_PROG_FD = 112;
    public static final int CORE_RELO_CNT = 116;
    public static final int FD_ARRAY = 120;
    public static final int CORE_RELOS = 128;
    public static final int CORE_RELO_REC_SIZE = 136;
    public static final int LOG_TRUE_SIZE = 140;
    public static final int PROG_TOKEN_FD = 144;
    public static final int FD_ARRAY_CNT = 148;
    public static final int SIGNATURE = 152;
    public static final int SIGNATURE_SIZE = 160;
    public static final int KEYRING_ID = 164;

    /** Bytes that this version knows. */
    public static final int SIZE = 168;

    /** Bytes in {@code prog_name}, {@code BPF_OBJ_NAME_LEN}. */
    public static final int NAME_SIZE = 16;

    /** {@code BPF_F_TOKEN_FD}: {@code prog_token_fd} counts. */
    public static final int TOKEN_FD_FLAG = 1 << 16;

    private ProgLoadAttr() {}
}
