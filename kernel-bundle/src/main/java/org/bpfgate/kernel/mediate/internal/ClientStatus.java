package org.bpfgate.kernel.mediate.internal;

import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * What {@code /proc/TID/status} tells of a client, proc_pid_status(5).
 *
 * @param pid its process id
 * @param tid its thread id
 * @param uid its effective user id
 * @param comm the name of the thread
 * @param capabilities its effective capabilities in its user namespace, bit n for capability n
 */
record ClientStatus(int pid, int tid, long uid, String comm, long capabilities) {
    /** The lines that count come early; a list of a thousand groups stands between and fits. */
    private static final int MOST = 16 * 1024;

    /**
     * Reads it.
     *
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when the client is gone
     */
    static ClientStatus of(Syscalls syscalls, int tid) throws SyscallException {
        return parse(tid, read(syscalls, tid));
    }

    static String read(Syscalls syscalls, int tid) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer text = scope.allocate(MOST);
            int length = syscalls.readFile(scope.text("/proc/" + tid + "/status"), text);
            return text.getText(0, length);
        }
    }

    static ClientStatus parse(int tid, String text) {
        String uids = line(text, "\nUid:\t");
        return new ClientStatus(
                Integer.parseInt(line(text, "\nTgid:\t")),
                tid,
                Long.parseLong(uids.split("\t", 4)[1]),
                line("\n" + text, "\nName:\t"),
                Long.parseUnsignedLong(line(text, "\nCapEff:\t"), 16));
    }

    /** The kernel writes line feeds in names as two characters, so that a name cannot forge a line. */
    static String line(String text, String label) {
        int start = text.indexOf(label);
        int end = start < 0 ? -1 : text.indexOf('\n', start + 1);
        if (end < 0) {
            throw new IllegalStateException("/proc has no line " + label.strip());
        }
        return text.substring(start + label.length(), end);
    }
}
