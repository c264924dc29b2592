package org.bpfgate.kernel.internal.syscall;

/** The kernel refused a system call of the gate. */
public final class SyscallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String command;
    private final int errno;
    private final long size;

    /**
     * Reports what failed.
     *
     * @param command the system call and its command, such as {@code bpf(PROG_LOAD)}
     * @param errno the positive error number
     * @param size how many bytes the call was about; 0 when it was not about bytes
     */
    public SyscallException(String command, int errno, long size) {
        // Many of these only carry an error to a client, so nobody reads their stack.
        super(text(command, errno, size), null, false, false);
        this.command = command;
        this.errno = errno;
        this.size = size;
    }

    private static String text(String command, int errno, long size) {
        String about = size == 0 ? "" : " with " + size + " bytes";
        return command + about + ": " + Errnos.name(errno);
    }

    /** Returns the system call and its command. */
    public String command() {
        return command;
    }

    /** Returns the positive error number. */
    public int errno() {
        return errno;
    }

    /** Returns how many bytes the call was about; 0 when it was not about bytes. */
    public long size() {
        return size;
    }
}
