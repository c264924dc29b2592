package org.bpfgate.kernel.mediate.internal;

import java.util.Arrays;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/** The memory of a client that waits for an answer. What is read once is never read again. For one thread. */
final class ClientMemory {
    /** Bytes from one place that surely lie in one page, whatever the page size: a read of a text stops at such borders. */
    private static final int SMALLEST_PAGE = 4096;

    private final Syscalls syscalls;
    private final int tid;

    ClientMemory(Syscalls syscalls, int tid) {
        this.syscalls = syscalls;
        this.tid = tid;
    }

    /**
     * Copies exactly so many bytes.
     *
     * @throws SyscallException with {@code EFAULT} when some of them are not mapped
     */
    void read(long address, NativeBuffer to, long size) throws SyscallException {
        if (size > 0 && syscalls.readMemory(tid, address, to, size) != size) {
            throw new SyscallException("process_vm_readv", Errnos.EFAULT, size);
        }
    }

    /** Copies exactly so many bytes; see {@link #read(long, NativeBuffer, long)}. */
    byte[] read(long address, int size) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer buffer = scope.allocate(Math.max(1, size));
            read(address, buffer, size);
            return buffer.getBytes(0, size);
        }
    }

    /**
     * Copies a text up to its NUL, which may be the last byte before memory that is not mapped.
     *
     * @param limit how many bytes to copy at most
     * @return the bytes without the NUL
     */
    byte[] readText(long address, int limit) throws SyscallException {
        byte[] text = new byte[limit];
        int length = 0;
        while (length < limit) {
            int toBorder = (int) (SMALLEST_PAGE - (address + length) % SMALLEST_PAGE);
            byte[] piece = read(address + length, Math.min(limit - length, toBorder));
            for (byte next : piece) {
                if (next == 0) {
                    return Arrays.copyOf(text, length);
                }
                text[length++] = next;
            }
        }
        return text;
    }

    /** Writes as much as the client's memory takes. */
    void write(long address, NativeBuffer from, long size) throws SyscallException {
        if (size > 0) {
            syscalls.writeMemory(tid, address, from, size);
        }
    }
}
