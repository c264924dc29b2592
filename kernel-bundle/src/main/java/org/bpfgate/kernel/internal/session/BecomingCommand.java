package org.bpfgate.kernel.internal.session;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.kernel.internal.host.HandOverMessage;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Offer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.host.HandOverMessage.Taken;
import org.bpfgate.kernel.internal.host.HandOverReader;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.program.BpfCommand;

/**
 * The process's side of a hand-over, and its end as a command. The filter is on the calling thread only, and execve(2) ends the others.
 * Without the gate's word that it has taken the listener nothing is executed. For one thread.
 */
final class BecomingCommand {
    /** Many times what a gate needs. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    /** How long to try again where the gate is busy. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration BUSY_PAUSE = Duration.ofMillis(50);

    private final Machine machine;
    private final Syscalls syscalls;
    private final LocalSockets sockets;
    private final Path socket;

    BecomingCommand(Machine machine, LocalSockets sockets, Path socket) {
        this.machine = machine;
        this.syscalls = machine.newSyscalls();
        this.sockets = sockets;
        this.socket = socket;
    }

    /**
     * Becomes a command under the gate.
     *
     * @param last what is done before this process is replaced
     * @throws MediationException when that cannot be; this method ends in no other way
     */
    void become(List<String> words, Runnable last) throws MediationException, InterruptedException {
        FilterInstallation.requireAvailable(syscalls);
        try {
            handOver(words);
        } catch (ConnectException e) {
            throw refused("no running gate takes this command: " + e.getMessage());
        } catch (IOException e) {
            throw refused("the hand-over to the gate at " + socket + " failed: " + e.getMessage());
        }
        last.run();
        try {
            StartConditions.ofThisProcess().become(syscalls, words);
        } catch (SyscallException e) {
            throw StartFailure.of(words.getFirst(), e.errno());
        }
    }

    private void handOver(List<String> words) throws IOException, MediationException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try (LocalConnection connection = sockets.connect(socket)) {
                HandOverMessage first = greeting(connection);
                if (first instanceof Greeting greeting) {
                    handOver(connection, greeting, words);
                    return;
                }
                boolean isBusy = first instanceof Refused refusal && refusal.isBusy();
                if (!isBusy || System.nanoTime() - start > BUSY_TIMEOUT.toNanos()) {
                    throw unexpected(first);
                }
            }
            Thread.sleep(BUSY_PAUSE);
        }
    }

    /** A gate that ends before it has greeted has handed its listeners over; the next one is asked then. */
    private static HandOverMessage greeting(LocalConnection connection) throws IOException {
        try {
            return receive(connection);
        } catch (EOFException e) {
            return new Refused("the gate has ended", true);
        }
    }

    private void handOver(LocalConnection connection, Greeting greeting, List<String> words)
            throws IOException, MediationException {
        if (greeting.known() != BpfCommand.count()) {
            throw refused("the gate at " + socket + " is of another version: it knows " + greeting.known()
                    + " commands of bpf(2), and this one " + BpfCommand.count() + "; restart the gate");
        }
        int listener = FilterInstallation.install(machine, syscalls, notified(greeting));
        try {
            connection.send(Offer.of(words).toLine(), listener);
        } finally {
            syscalls.close(listener);
        }
        HandOverMessage answer = receive(connection);
        if (!(answer instanceof Taken)) {
            throw unexpected(answer);
        }
    }

    private int[] notified(Greeting greeting) throws MediationException {
        for (int number : greeting.notified()) {
            if (number >= greeting.known()) {
                throw refused("the gate at " + socket + " asks for command " + number + " of bpf(2), which is none");
            }
        }
        return greeting.notified().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .toArray();
    }

    private static HandOverMessage receive(LocalConnection connection) throws IOException {
        return HandOverReader.read(connection, ANSWER_TIMEOUT);
    }

    private MediationException unexpected(HandOverMessage message) {
        return refused(
                message instanceof Refused refusal
                        ? "the gate at " + socket + " does not take this command: " + refusal.error()
                        : "the gate at " + socket + " sent an unexpected answer");
    }

    private static MediationException refused(String message) {
        return new MediationException(Kind.CANNOT_MEDIATE, message);
    }
}
