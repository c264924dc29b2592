package org.bpfgate.kernel.internal.object;

import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What the kernel reports about BTF, {@code BPF_OBJ_GET_INFO_BY_FD} with {@code struct bpf_btf_info} of
 * {@code include/uapi/linux/bpf.h}.
 *
 * @param id the kernel's number for them
 * @param name the kernel module that they belong to; empty for types that a process loaded
 */
public record BtfInfo(int id, String name) {
    /** {@code sizeof(struct bpf_btf_info)} since Linux 5.11. */
    private static final int INFO_SIZE = 32;

    private static final int DATA = 0;
    private static final int DATA_SIZE = 8;
    private static final int ID = 12;
    private static final int NAME = 16;
    private static final int NAME_LENGTH = 24;

    /** {@code MODULE_NAME_LEN} of {@code include/linux/module.h}. */
    private static final int NAME_SIZE = 56;

    /**
     * Asks for types.
     *
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of types
     */
    public static BtfInfo of(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer info = scope.allocate(INFO_SIZE);
            NativeBuffer name = scope.allocate(NAME_SIZE);
            info.putLong(NAME, name.address());
            info.putInt(NAME_LENGTH, NAME_SIZE);
            ObjectInfo.query(syscalls, scope, fd, info);
            return new BtfInfo(info.getInt(ID), name.getText(0, NAME_SIZE));
        }
    }

    /**
     * Returns the types themselves, as they were loaded.
     *
     * @throws SyscallException as {@link #of}
     */
    public static byte[] bytes(Syscalls syscalls, int fd) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer sizes = scope.allocate(INFO_SIZE);
            ObjectInfo.query(syscalls, scope, fd, sizes);
            int size = sizes.getInt(DATA_SIZE);
            NativeBuffer info = scope.allocate(INFO_SIZE);
            NativeBuffer data = scope.allocate(Math.max(1, size));
            info.putLong(DATA, data.address());
            info.putInt(DATA_SIZE, size);
            ObjectInfo.query(syscalls, scope, fd, info);
            return data.getBytes(0, size);
        }
    }
}
