package org.bpfgate.kernel.internal.object;

import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** {@code BPF_OBJ_GET_INFO_BY_FD}, which fills a structure of the object's kind. */
final class ObjectInfo {
    /** Bytes of the attributes of the command: fd, length, pointer. */
    private static final int ATTR_SIZE = 16;

    private ObjectInfo() {}

    /**
     * Fills a structure as far as the kernel knows it.
     *
     * @return how many bytes the kernel filled
     * @throws SyscallException with {@code EBADF} or {@code EINVAL} when the descriptor is not that of such an object
     */
    static int query(Syscalls syscalls, NativeScope scope, int fd, NativeBuffer info) throws SyscallException {
        NativeBuffer attr = scope.allocate(ATTR_SIZE);
        attr.putInt(0, fd);
        attr.putInt(4, (int) info.size());
        attr.putLong(8, info.address());
        syscalls.bpf(Syscalls.Bpf.OBJ_GET_INFO_BY_FD, attr, ATTR_SIZE);
        return attr.getInt(4);
    }
}
