package org.bpfgate.kernel.internal.syscall;

/**
 * Offsets of the fields of {@code union bpf_attr} for the mediated commands other than {@code BPF_PROG_LOAD}, as far as they are
 * file descriptors, pointers, or what hooks want to know: {@code include/uapi/linux/bpf.h} of Linux 6.18, in bytes.
 */
public final class OtherAttr {
    /** Those of {@code BPF_MAP_CREATE}. */
    public static final int MAP_TYPE = 0;

    public static final int KEY_SIZE = 4;
    public static final int VALUE_SIZE = 8;
    public static final int MAX_ENTRIES = 12;
    public static final int MAP_FLAGS = 16;
    public static final int INNER_MAP_FD = 20;
    public static final int MAP_NAME = 28;
    public static final int BTF_FD = 48;
    public static final int BTF_KEY_TYPE_ID = 52;
    public static final int BTF_VALUE_TYPE_ID = 56;
    public static final int BTF_VMLINUX_VALUE_TYPE_ID = 60;
    public static final int VALUE_TYPE_BTF_OBJ_FD = 72;
    public static final int MAP_TOKEN_FD = 76;
    public static final int EXCL_PROG_HASH = 80;
    public static final int EXCL_PROG_HASH_SIZE = 88;

    /** {@code BPF_F_VTYPE_BTF_OBJ_FD}: {@code value_type_btf_obj_fd} counts. */
    public static final int VTYPE_BTF_OBJ_FD_FLAG = 1 << 15;

    /** Those of {@code BPF_MAP_GET_FD_BY_ID}. */
    public static final int OPEN_FLAGS = 8;

    /** Those of {@code BPF_OBJ_GET}. */
    public static final int PATHNAME = 0;

    public static final int FILE_FLAGS = 12;
    public static final int PATH_FD = 16;

    /** {@code BPF_F_PATH_FD}: {@code path_fd} counts. */
    public static final int PATH_FD_FLAG = 1 << 14;

    /** {@code BPF_F_RDONLY} and {@code BPF_F_WRONLY}, in the flags of all three. */
    public static final int READ_ONLY_FLAG = 1 << 3;

    public static final int WRITE_ONLY_FLAG = 1 << 4;

    /** Those of {@code BPF_TOKEN_CREATE}. */
    public static final int BPFFS_FD = 4;

    private OtherAttr() {}
}
