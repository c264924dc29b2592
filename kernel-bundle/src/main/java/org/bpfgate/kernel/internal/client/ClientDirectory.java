package org.bpfgate.kernel.internal.client;

import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The directory {@code /proc/TID} of one thread, kept open: it stays that thread's when the id goes to another, and reading from it
 * again saves finding it. For one thread of the gate.
 */
final class ClientDirectory implements AutoCloseable {
    /** {@code user:[4026531837]} and a longer number. */
    private static final int LINK_SIZE = 64;

    /** {@code TASK_COMM_LEN} of {@code include/linux/sched.h}; a line feed ends the text. */
    private static final int COMM_SIZE = 16;

    /** 52 numbers and a name. */
    private static final int STAT_SIZE = 2048;

    /** Between the name and the start there are the fields 3 to 21. */
    private static final int FIELDS_TO_START = 19;

    private final Syscalls syscalls;
    private final int tid;
    private final int pid;
    private final ProcessKey process;
    private final int directory;
    private final int comm;

    private ClientDirectory(Syscalls syscalls, int tid, int directory, NativeScope scope) throws SyscallException {
        this.syscalls = syscalls;
        this.tid = tid;
        this.directory = directory;
        pid = ProcStatus.of(syscalls, tid).pid();
        process = new ProcessKey(pid, started(syscalls, pid));
        comm = syscalls.open(directory, scope.text("comm"));
    }

    /**
     * Opens it.
     *
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when there is no such thread
     */
    static ClientDirectory open(Syscalls syscalls, int tid) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            int directory = syscalls.openPlace(scope.text("/proc/" + tid));
            try {
                return new ClientDirectory(syscalls, tid, directory, scope);
            } catch (SyscallException e) {
                syscalls.close(directory);
                throw e;
            }
        }
    }

    /** Reads when a process began, in clock ticks: the 22nd field of {@code /proc/PID/stat}, of which the second is in parentheses. */
    private static long started(Syscalls syscalls, int pid) throws SyscallException {
        String line = ProcFiles.text(syscalls, "/proc/" + pid + "/stat", STAT_SIZE);
        return Long.parseLong(
                line.substring(line.lastIndexOf(')') + 2).split(" ", FIELDS_TO_START + 2)[FIELDS_TO_START]);
    }

    int tid() {
        return tid;
    }

    /** Returns the process that the thread belongs to. */
    ProcessKey process() {
        return process;
    }

    /**
     * Reads what may have changed since the last time. The owner of the directory is the effective user, whatever the process has
     * done to hide itself: {@code task_dump_owner()} of {@code fs/proc/base.c}.
     *
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when the thread is gone
     */
    ClientStatus read() throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer namespace = scope.allocate(LINK_SIZE);
            int length = syscalls.readLink(directory, scope.text("ns/user"), namespace);
            NativeBuffer name = scope.allocate(COMM_SIZE);
            int nameLength = syscalls.readAgain(comm, name);
            return new ClientStatus(
                    pid,
                    tid,
                    syscalls.owner(directory),
                    name.getText(0, Math.max(0, nameLength - 1)),
                    Capabilities.effectiveOf(syscalls, tid),
                    namespace.getText(0, length));
        }
    }

    @Override
    public void close() {
        syscalls.close(comm);
        syscalls.close(directory);
    }
}
