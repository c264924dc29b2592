package org.bpfgate.kernel.internal.request;

import java.util.Arrays;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** Copies the attributes of a request, once. */
public final class AttrCopy {
    /** {@code bpf_check_uarg_tail_zero()} takes no more than a page of the smallest size. */
    private static final int MOST = 4096;

    /** The name of the call in refusals of the attributes as a whole; refusals of their contents name the command too. */
    static final String CALL = "bpf";

    private AttrCopy() {}

    /**
     * Copies them. Shorter ones are as if they ended in zeros; longer ones must end in zeros.
     *
     * @return as many bytes as {@code union bpf_attr} has
     * @throws SyscallException with the error that the kernel gives: {@code E2BIG}, {@code EFAULT}
     */
    public static byte[] read(ClientMemory memory, Notification request) throws SyscallException {
        return read(memory, request.attr(), request.size(), ProgLoadAttr.SIZE);
    }

    /**
     * Copies a structure that kernels make longer, as {@link #read(ClientMemory, Notification)} does.
     *
     * @param size how many bytes the client gives
     * @param known how many bytes this version knows
     * @return as many bytes as this version knows
     */
    static byte[] read(ClientMemory memory, long address, int size, int known) throws SyscallException {
        if (size < 0 || size > MOST) {
            throw tooBig(size);
        }
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer whole = scope.allocate(Math.max(size, known));
            memory.read(address, whole, size);
            for (int i = known; i < size; i++) {
                if (whole.getByte(i) != 0) {
                    throw tooBig(size);
                }
            }
            return whole.getBytes(0, known);
        }
    }

    /** Returns what of them the client gave, which is what hooks are shown. */
    public static byte[] given(byte[] attr, Notification request) {
        return Arrays.copyOf(attr, Math.min(request.size(), attr.length));
    }

    private static SyscallException tooBig(int size) {
        return new SyscallException(CALL, Errnos.E2BIG, size);
    }
}
