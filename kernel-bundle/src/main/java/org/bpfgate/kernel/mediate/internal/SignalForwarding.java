package org.bpfgate.kernel.mediate.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.kernel.syscall.internal.Signals;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * While a command runs, signals are the command's: those that others send to the gate go on to it, and those that the terminal
 * sends reach both anyway, as they are in one process group. Without it the gate would end before the command. A command that has a
 * process group of its own gets those of the terminal while the gate has the foreground, too: {@link JobControl} tells when that is.
 */
final class SignalForwarding {
    private final Syscalls syscalls;

    /** Whether the command has a process group of its own. */
    private final boolean hasOwnGroup;

    private final List<JvmSignal> handled = new ArrayList<>();

    /** What came before there was a command to forward to. */
    private final List<Integer> early = new ArrayList<>();

    /** What a signal does when there is no command any more; null before. */
    private @Nullable Runnable afterwards;

    /** The process id of the command; 0 before it starts. */
    private int pid;

    private SignalForwarding(Syscalls syscalls, boolean hasOwnGroup) {
        this.syscalls = syscalls;
        this.hasOwnGroup = hasOwnGroup;
    }

    /**
     * Takes signals from now on, before the command starts, so that none ends the gate and leaves the command.
     *
     * @param syscalls for the use of this object
     * @param hasOwnGroup whether the command will have a process group of its own
     */
    static SignalForwarding begin(Syscalls syscalls, boolean hasOwnGroup) throws SyscallException {
        // The JVM would print its threads into the command's output.
        Signals.ignore(syscalls, Signals.SIGQUIT);
        SignalForwarding forwarding = new SignalForwarding(syscalls, hasOwnGroup);
        forwarding.handled.add(JvmSignal.handle("TERM", () -> forwarding.forward(Signals.SIGTERM)));
        forwarding.handled.add(JvmSignal.handle("HUP", () -> forwarding.forward(Signals.SIGHUP)));
        forwarding.handled.add(JvmSignal.handle("INT", forwarding::interrupted));
        if (hasOwnGroup) {
            // Otherwise it would stop when it writes, or takes the foreground back, while the command has it.
            Signals.ignore(syscalls, Signals.SIGTTOU);
            forwarding.handled.add(JvmSignal.handle("TSTP", () -> forwarding.toGroup(Signals.SIGTSTP)));
        }
        return forwarding;
    }

    /** Forwards to a process, which has just started, what has come and what comes. */
    synchronized void to(int process) {
        pid = process;
        early.forEach(this::forward);
        early.clear();
    }

    /**
     * The command has ended: a signal that comes now ends the wait for what it left behind.
     *
     * @param action what a signal does
     */
    synchronized void instead(Runnable action) {
        afterwards = action;
    }

    /** The terminal interrupts the whole foreground process group; from elsewhere it reaches the gate alone. */
    private synchronized void interrupted() {
        if (afterwards != null || pid == 0 || !Signals.isInForeground(syscalls)) {
            forward(Signals.SIGINT);
        } else if (hasOwnGroup) {
            toGroup(Signals.SIGINT);
        }
    }

    /** Sends it to the process group of the command, which is its own. */
    private synchronized void toGroup(int signal) {
        if (pid != 0 && afterwards == null) {
            send(-pid, signal);
        }
    }

    private synchronized void forward(int signal) {
        if (afterwards != null) {
            afterwards.run();
            return;
        }
        if (pid == 0) {
            early.add(signal);
            return;
        }
        send(pid, signal);
        if (hasOwnGroup) {
            // Whoever ends a job continues it too, as it may be stopped; but that reaches the gate's group only.
            send(-pid, Signals.SIGCONT);
        }
    }

    private void send(int target, int signal) {
        try {
            syscalls.kill(target, signal);
        } catch (SyscallException e) {
            // It has just ended, which the gate is about to notice.
            return;
        }
    }

    /** Ends it. */
    void close() {
        for (JvmSignal signal : handled) {
            signal.close();
        }
    }
}
