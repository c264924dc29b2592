package org.bpfgate.kernel.mediate.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.kernel.syscall.internal.Signals;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * While a command runs, signals are the command's: those that others send to the gate go on to it, and those that the terminal
 * sends reach both anyway, as they are in one process group. Without it the gate would end before the command.
 */
final class SignalForwarding {
    private final Syscalls syscalls;
    private final int pid;
    private final List<JvmSignal> handled = new ArrayList<>();

    private SignalForwarding(int pid, Syscalls syscalls) {
        this.pid = pid;
        this.syscalls = syscalls;
    }

    /**
     * Forwards to a process.
     *
     * @param syscalls for the use of the JVM's thread that hears of signals
     */
    static SignalForwarding to(int pid, Syscalls syscalls) throws SyscallException {
        // The JVM would print its threads into the command's output.
        Signals.ignore(syscalls, Signals.SIGQUIT);
        SignalForwarding forwarding = new SignalForwarding(pid, syscalls);
        forwarding.handled.add(JvmSignal.handle("TERM", () -> forwarding.forward(Signals.SIGTERM)));
        forwarding.handled.add(JvmSignal.handle("HUP", () -> forwarding.forward(Signals.SIGHUP)));
        forwarding.handled.add(JvmSignal.handle("INT", forwarding::interrupted));
        return forwarding;
    }

    /** The terminal interrupts the whole foreground process group; from elsewhere it reaches the gate alone. */
    private void interrupted() {
        if (!Signals.isInForeground(syscalls)) {
            forward(Signals.SIGINT);
        }
    }

    private synchronized void forward(int signal) {
        try {
            syscalls.kill(pid, signal);
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
