package org.bpfgate.kernel.internal.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.kernel.internal.syscall.Environment;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.bpfgate.kernel.internal.syscall.Spawn;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What a command would have found without the gate, where the JVM changes it: descriptors above the streams, signals that are blocked
 * or ignored, and process ids in the environment. The start script passes what it found before the JVM started.
 *
 * @param inherited descriptors above 2 that this process was started with, in order
 * @param blocked signals that were blocked, bit n-1 for signal n
 * @param ignored signals that were ignored, bit n-1 for signal n
 * @param closed those of the descriptors 0 to 2 that were closed
 */
record StartConditions(List<Integer> inherited, long blocked, long ignored, List<Integer> closed) {
    /** The property that holds which of the descriptors 0 to 2 were closed, with commas; the start script opened them for the JVM. */
    static final String CLOSED = "bpfgate.start.closed";

    /** The property that holds the numbers of the inherited descriptors, with commas; without it none is taken for inherited. */
    static final String FDS = "bpfgate.start.fds";

    /** The property that holds {@code SigBlk} of proc_pid_status(5), hexadecimal. */
    static final String BLOCKED = "bpfgate.start.blocked";

    /** The property that holds {@code SigIgn} of proc_pid_status(5), hexadecimal. */
    static final String IGNORED = "bpfgate.start.ignored";

    /** The property that holds {@code =} and the value of {@code LC_ALL}, or nothing where it was not set; the script sets another one. */
    static final String LC_ALL = "bpfgate.start.lc_all";

    private static final int FIRST_AFTER_STREAMS = 3;

    /** Variables that hold the process id of a service: sd_listen_fds(3), sd_watchdog_enabled(3), systemd.exec(5). */
    private static final List<String> PID_VARIABLES = List.of("LISTEN_PID", "WATCHDOG_PID", "SYSTEMD_EXEC_PID");

    /**
     * Puts the process id of the command in the place of the gate's, which only the process itself can know in time. The identity of
     * the gate's pidfd is left out, as it was by older versions of systemd.
     */
    private static final String CHANGE_PIDS = """
            pid=$1
            shift
            [ "${LISTEN_PID-}" = "$pid" ] && export LISTEN_PID=$$ && unset LISTEN_PIDFDID
            [ "${WATCHDOG_PID-}" = "$pid" ] && export WATCHDOG_PID=$$
            [ "${SYSTEMD_EXEC_PID-}" = "$pid" ] && export SYSTEMD_EXEC_PID=$$
            unset pid
            exec "$@"
            """;

    /** Copies the numbers. */
    StartConditions {
        inherited = List.copyOf(inherited);
        closed = List.copyOf(closed);
    }

    /** Reads those of this process. */
    static StartConditions ofThisProcess() {
        return new StartConditions(
                numbers(System.getProperty(FDS, "")),
                signals(System.getProperty(BLOCKED, "")),
                signals(System.getProperty(IGNORED, "")),
                streams(System.getProperty(CLOSED, "")));
    }

    private static List<Integer> streams(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> number.matches("[0-2]"))
                .map(Integer::valueOf)
                .toList();
    }

    /** Returns the numbers above the streams, in order and each once. */
    static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(number -> number.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= FIRST_AFTER_STREAMS)
                .distinct()
                .sorted()
                .toList();
    }

    private static long signals(String text) {
        return text.matches("[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(text, 16) : 0;
    }

    /**
     * Starts a command with the inherited descriptors and no other of this process; returns its process id.
     *
     * @param group the process group that it is to be in
     */
    int start(Syscalls syscalls, List<String> words, Spawn.Group group) throws SyscallException {
        giveBack(syscalls);
        // The gate ignores these, see SignalForwarding; what was ignored before is to stay so.
        long defaults = (Signals.bit(Signals.SIGQUIT) | Signals.bit(Signals.SIGTTOU)) & ~ignored;
        Spawn command = new Spawn(named(words), blocked, defaults, -1, group);
        return Signals.whileIgnoring(syscalls, ignored, command::start);
    }

    /**
     * Becomes a command with the inherited descriptors and no other of this process, on the thread whose filter it is to have.
     *
     * @throws SyscallException when it cannot be executed; this method ends in no other way
     */
    void become(Syscalls syscalls, List<String> words) throws SyscallException {
        giveBack(syscalls);
        Signals.whileIgnoring(syscalls, ignored, () -> {
            Signals.blockOnly(syscalls, blocked);
            Spawn.replaceProcess(syscalls, words);
            return 0;
        });
    }

    private void giveBack(Syscalls syscalls) throws SyscallException {
        closeOnExec(syscalls);
        giveLocaleBack();
        for (int stream : closed) {
            syscalls.closeOnExec(stream, stream);
        }
        for (int fd : inherited) {
            syscalls.keepOnExec(fd);
        }
    }

    private static void giveLocaleBack() {
        String value = System.getProperty(LC_ALL);
        if (value != null) {
            Environment.set("LC_ALL", value.startsWith("=") ? value.substring(1) : null);
        }
    }

    /** Lets commands have none of this process's descriptors but the streams. */
    static void closeOnExec(Syscalls syscalls) throws SyscallException {
        syscalls.closeOnExec(FIRST_AFTER_STREAMS);
    }

    private static List<String> named(List<String> words) {
        String own = Long.toString(ProcessHandle.current().pid());
        if (PID_VARIABLES.stream().noneMatch(variable -> own.equals(System.getenv(variable)))) {
            return words;
        }
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", CHANGE_PIDS, "bpfgate", own));
        shell.addAll(words);
        return shell;
    }
}
