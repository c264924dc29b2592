package org.bpfgate.kernel.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * While a command runs, signals are the command's: those that others send to the gate go on to it, and those that the terminal
 * sends reach both anyway, as they are in one process group. Without it the gate would end before the command. A command that has a
 * process group of its own gets those of the terminal while the gate has the foreground, too: {@link JobControl} tells when that is.
 */
final class SignalForwarding {
    /**
     * What else the JVM hands out and may be sent to a service, by its name and its number in
     * {@code include/uapi/asm-generic/signal.h}. It keeps SIGQUIT and SIGUSR2 for itself.
     */
    private static final Map<String, Integer> OTHERS =
            Map.of("USR1", 10, "ALRM", 14, "CONT", 18, "URG", 23, "VTALRM", 26, "PROF", 27, "IO", 29, "PWR", 30);

    /** Signals that end the wait for descendants. */
    private static final Set<Integer> ENDING = Set.of(Signals.SIGTERM, Signals.SIGHUP, Signals.SIGINT);

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

    /** Those that were ignored when the gate started, bit n-1 for signal n. */
    private final long ignored;

    private SignalForwarding(Syscalls syscalls, boolean hasOwnGroup, long ignored) {
        this.syscalls = syscalls;
        this.hasOwnGroup = hasOwnGroup;
        this.ignored = ignored;
    }

    /**
     * Takes signals from now on, before the command starts, so that none ends the gate and leaves the command.
     *
     * @param syscalls for the use of this object
     * @param hasOwnGroup whether the command will have a process group of its own
     * @param ignored signals that were ignored when the gate started, as nohup(1) and shells leave them for what they start in the
     *     background, bit n-1 for signal n. The command inherits that and may handle them all the same, so they go on to it too
     */
    static SignalForwarding begin(Syscalls syscalls, boolean hasOwnGroup, long ignored) throws SyscallException {
        // The JVM would print its threads into the command's output.
        Signals.ignore(syscalls, Signals.SIGQUIT);
        SignalForwarding forwarding = new SignalForwarding(syscalls, hasOwnGroup, ignored);
        forwarding.takeIgnored();
        forwarding.handled.add(JvmSignal.handle("TERM", () -> forwarding.forward(Signals.SIGTERM)));
        forwarding.handled.add(JvmSignal.handle("HUP", () -> forwarding.forward(Signals.SIGHUP)));
        forwarding.handled.add(JvmSignal.handle("INT", () -> forwarding.fromTheTerminal(Signals.SIGINT)));
        forwarding.handled.add(JvmSignal.handle("WINCH", () -> forwarding.fromTheTerminal(Signals.SIGWINCH)));
        for (Map.Entry<String, Integer> other : OTHERS.entrySet()) {
            forwarding.handled.add(JvmSignal.handle(other.getKey(), () -> forwarding.forward(other.getValue())));
        }
        if (hasOwnGroup) {
            // Otherwise it would stop when it writes, or takes the foreground back, while the command has it.
            Signals.ignore(syscalls, Signals.SIGTTOU);
            forwarding.handled.add(JvmSignal.handle("TSTP", () -> forwarding.toGroup(Signals.SIGTSTP)));
        }
        return forwarding;
    }

    /** The JVM hands out no signal that would end it and is ignored. */
    private void takeIgnored() throws SyscallException {
        for (int signal : ENDING) {
            if (isIgnored(signal)) {
                Signals.byDefault(syscalls, signal);
            }
        }
    }

    private boolean isIgnored(int signal) {
        return (ignored & Signals.bit(signal)) != 0;
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

    /** The terminal sends it to the whole foreground process group; from elsewhere it reaches the gate alone. */
    private synchronized void fromTheTerminal(int signal) {
        if (afterwards != null || pid == 0 || !Signals.isInForeground(syscalls)) {
            forward(signal);
        } else if (hasOwnGroup) {
            toGroup(signal);
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
            if (ENDING.contains(signal) && !isIgnored(signal)) {
                afterwards.run();
            }
            return;
        }
        if (pid == 0) {
            early.add(signal);
            return;
        }
        send(pid, signal);
        if (hasOwnGroup && ENDING.contains(signal)) {
            // A shell that ends a job continues it too, as it may be stopped; but that reaches the gate's group only.
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
        for (int signal : ENDING) {
            if (isIgnored(signal)) {
                ignoreAgain(signal);
            }
        }
    }

    private void ignoreAgain(int signal) {
        try {
            Signals.ignore(syscalls, signal);
        } catch (SyscallException e) {
            throw new IllegalStateException("a signal that can be sent can be ignored", e);
        }
    }
}
