package org.bpfgate.kernel.internal.client;

import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The text of {@code /proc/TID/status}, proc_pid_status(5), which takes the kernel longer to write than most other answers.
 *
 * @param text the lines
 */
public record ProcStatus(String text) {
    /** The lines that count come early; a list of a thousand groups stands between and fits. */
    private static final int MOST = 16 * 1024;

    /**
     * Reads it.
     *
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when the thread is gone
     */
    public static ProcStatus of(Syscalls syscalls, int tid) throws SyscallException {
        return new ProcStatus(ProcFiles.text(syscalls, "/proc/" + tid + "/status", MOST));
    }

    /** Returns the id of the process that the thread belongs to. */
    int pid() {
        return Integer.parseInt(line("Tgid"));
    }

    /**
     * Returns what stands behind a label. The kernel writes line feeds in names as two characters, so that a name cannot forge a line.
     *
     * @param label without the colon; not that of the first line
     */
    public String line(String label) {
        String whole = "\n" + label + ":\t";
        int start = text.indexOf(whole);
        int end = start < 0 ? -1 : text.indexOf('\n', start + 1);
        if (end < 0) {
            throw new IllegalStateException("/proc has no line " + label);
        }
        return text.substring(start + whole.length(), end);
    }
}
