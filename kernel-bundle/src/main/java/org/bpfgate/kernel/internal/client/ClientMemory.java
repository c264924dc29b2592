package org.bpfgate.kernel.internal.client;

import java.util.Arrays;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The memory of a client that waits for an answer. What is read once is never read again. For one thread.
 *
 * <p>Every access goes through a descriptor of {@code /proc/TID/mem}. The kernel binds it, when it is opened, to the address space
 * that the thread has then ({@code proc_mem_open()} of {@code fs/proc/base.c}), and {@link StillWaiting} says right afterwards that
 * this was the client's. So nothing is ever read from or written to another process: when the client's process executes another
 * program or ends, an access meets the old address space, or nothing at all. Before each write the question is asked again: a client that
 * waits no more may use its memory for something else. Who acts on what was read asks it once for all of it.
 *
 * <p>Errors:
 *
 * <ul>
 *   <li>{@code ENOENT}: the client waits no more.
 *   <li>{@code EFAULT}: the memory is not mapped, or its pages are managed by userfaultfd(2) and are not there: the kernel does not
 *       wait for those on this way.
 *   <li>{@code EPERM}: the gate may not access the client's memory, as ptrace(2) has it: a process that is not dumpable, or hidden.
 * </ul>
 *
 * <p>As for a debugger, private pages can be accessed whatever their protection is; the client itself can do so too.
 */
public final class ClientMemory implements AutoCloseable {
    /** Bytes from one place that surely lie in one page, whatever the page size: a read of a text stops at such borders. */
    private static final int SMALLEST_PAGE = 4096;

    private final Syscalls syscalls;
    private final StillWaiting client;
    private final AccessWatch watch;
    private final int memory;

    private ClientMemory(Syscalls syscalls, StillWaiting client, AccessWatch watch, int memory) {
        this.syscalls = syscalls;
        this.client = client;
        this.watch = watch;
        this.memory = memory;
    }

    /**
     * Opens the memory of a client.
     *
     * @param tid the thread that waits
     * @param client says whether it still does
     * @param watch times each access, which takes as long as the client's pages need
     */
    public static ClientMemory open(Syscalls syscalls, int tid, StillWaiting client, AccessWatch watch)
            throws SyscallException {
        int memory = descriptor(syscalls, tid, client);
        try {
            client.require();
        } catch (SyscallException e) {
            syscalls.close(memory);
            throw e;
        }
        return new ClientMemory(syscalls, client, watch, memory);
    }

    private static int descriptor(Syscalls syscalls, int tid, StillWaiting client) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            return syscalls.openReadWrite(scope.text("/proc/" + tid + "/mem"));
        } catch (SyscallException e) {
            client.require();
            String why = "the client's memory cannot be accessed, open(/proc/" + tid + "/mem) gave "
                    + Errnos.name(e.errno());
            throw new SyscallException(why, Errnos.EPERM, 0);
        }
    }

    /**
     * Copies exactly so many bytes.
     *
     * @throws SyscallException with {@code EFAULT} when some of them are not there
     */
    public void read(long address, NativeBuffer to, long size) throws SyscallException {
        if (size > 0 && transfer(() -> syscalls.readAt(memory, address, to, size)) != size) {
            client.require();
            throw notThere("read", size);
        }
    }

    /** Copies exactly so many bytes; see {@link #read(long, NativeBuffer, long)}. */
    public byte[] read(long address, int size) throws SyscallException {
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
    public byte[] readText(long address, int limit) throws SyscallException {
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

    /**
     * Writes as much as the client's memory takes.
     *
     * @throws SyscallException with {@code EFAULT} when it takes nothing
     */
    public void write(long address, NativeBuffer from, long size) throws SyscallException {
        if (size <= 0) {
            return;
        }
        client.require();
        if (transfer(() -> syscalls.writeAt(memory, address, from, size)) == 0) {
            throw notThere("written", size);
        }
    }

    /** One access. */
    private interface Access {
        long perform() throws SyscallException;
    }

    /** The kernel gives {@code EIO} for memory that is not there, {@code EINVAL} for addresses that no process has. */
    private long transfer(Access access) throws SyscallException {
        watch.begin("an access to the client's memory");
        try {
            return access.perform();
        } catch (SyscallException e) {
            if (e.errno() == Errnos.EIO || e.errno() == Errnos.EINVAL) {
                return 0;
            }
            throw e;
        } finally {
            watch.end();
        }
    }

    private static SyscallException notThere(String what, long size) {
        return new SyscallException("the client's memory cannot be " + what, Errnos.EFAULT, size);
    }

    @Override
    public void close() {
        syscalls.close(memory);
    }
}
