package org.bpfgate.kernel.internal.session;

import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.bpfgate.kernel.internal.syscall.Spawn;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The terminal of a command that has a process group of its own, so that signals that it sends to its group do not reach the gate. As a
 * shell does for its jobs:
 *
 * <ul>
 *   <li>The command has the foreground when it starts, if the gate has it and standard input and output are the terminal; else as soon
 *       as the command stops because it needs the foreground. A pager beside the gate in a pipeline keeps it until then.
 *   <li>When the command stops, the gate takes the foreground back and stops with its own process group, which the shell then reports.
 *   <li>When the gate is continued, it gives the foreground back, if it has got it itself, and continues the command.
 *   <li>When the command ends, the gate takes the foreground back.
 * </ul>
 *
 * <p>Without a terminal the command has a session of its own, and the gate has nothing to do when it stops. The gate ignores
 * {@code SIGTTOU}, see {@link SignalForwarding}. For one thread.
 */
final class JobControl implements AutoCloseable {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;

    /** The low byte of a wait status of a process that is stopped; the next byte is the signal: {@code WIFSTOPPED}, {@code WSTOPSIG}. */
    private static final int STOPPED = 0x7f;

    /** How long a command waits that asks for a foreground that the gate has not got. It asks again then. */
    private static final long ASK_AGAIN_MS = 1000;

    private static final int NONE = -1;

    private final Syscalls syscalls;
    private final StartConditions conditions;

    /** The descriptor of the terminal that controls this process. */
    private final int terminal;

    /** The process group of the command. */
    private int group;

    /** Whether the foreground was given to the command and not taken back. */
    private boolean isGiven;

    private JobControl(Syscalls syscalls, StartConditions conditions, int terminal) {
        this.syscalls = syscalls;
        this.conditions = conditions;
        this.terminal = terminal;
    }

    /** Opens the terminal of this process, where it has one. */
    static JobControl open(Syscalls syscalls, StartConditions conditions) {
        try (NativeScope scope = NativeScope.open()) {
            return new JobControl(syscalls, conditions, syscalls.openToRead(scope.text("/dev/tty")));
        } catch (SyscallException e) {
            return new JobControl(syscalls, conditions, NONE);
        }
    }

    /** Returns what the command is to be started in. */
    Spawn.Group group() {
        return terminal == NONE ? Spawn.Group.OWN_SESSION : Spawn.Group.OWN_GROUP;
    }

    /** Gives the foreground to a command that has just started. */
    void started(int pid) {
        group = pid;
        if (terminal != NONE && isInForeground(terminal) && isInForeground(INPUT) && isInForeground(OUTPUT)) {
            give();
        }
    }

    /** Waits for the end of the command; returns its wait status. */
    int await() throws SyscallException {
        if (terminal == NONE) {
            return syscalls.waitFor(group);
        }
        int status = syscalls.waitForChange(group);
        while ((status & 0xff) == STOPPED) {
            stopped((status >> 8) & 0xff);
            status = syscalls.waitForChange(group);
        }
        takeBack();
        return status;
    }

    private void stopped(int signal) throws SyscallException {
        boolean needsForeground = signal == Signals.SIGTTIN || signal == Signals.SIGTTOU;
        if (needsForeground && isInForeground(terminal)) {
            give();
        } else if (needsForeground && isForeground(terminal, group)) {
            // It asked before it was given, right after its start.
            isGiven = true;
        } else {
            boolean hadIt = isGiven;
            takeBack();
            stopOwnGroup();
            if (hadIt && isInForeground(terminal)) {
                give();
            } else if (needsForeground) {
                pause();
            }
        }
        continueCommand();
    }

    /** The others first, as this process does nothing more until it is continued. Who ignores the signal is not stopped by it. */
    private void stopOwnGroup() throws SyscallException {
        if ((conditions.ignored() & Signals.bit(Signals.SIGTSTP)) == 0) {
            Signals.whileIgnoring(syscalls, Signals.bit(Signals.SIGTSTP), () -> {
                syscalls.kill(0, Signals.SIGTSTP);
                return 0;
            });
            Signals.stopThisProcess(syscalls);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void continueCommand() {
        try {
            syscalls.kill(-group, Signals.SIGCONT);
        } catch (SyscallException e) {
            // It has just ended, which the gate is about to notice.
            return;
        }
    }

    private boolean isInForeground(int fd) {
        try {
            return isForeground(fd, syscalls.processGroup());
        } catch (SyscallException e) {
            return false;
        }
    }

    private boolean isForeground(int fd, int other) {
        try {
            return syscalls.foregroundGroup(fd) == other;
        } catch (SyscallException e) {
            return false;
        }
    }

    private void give() {
        isGiven = put(group);
    }

    private void takeBack() throws SyscallException {
        if (isGiven) {
            put(syscalls.processGroup());
            isGiven = false;
        }
    }

    private boolean put(int other) {
        try {
            syscalls.putInForeground(terminal, other);
            return true;
        } catch (SyscallException e) {
            // The terminal is gone, or the command has just ended.
            return false;
        }
    }

    @Override
    public void close() {
        if (terminal != NONE) {
            syscalls.close(terminal);
        }
    }
}
