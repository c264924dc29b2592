package org.bpfgate.kernel.mediate.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.ProgLoadAttr;
import org.bpfgate.kernel.syscall.internal.Seccomp;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.program.BpfCommand;

/**
 * One command, from the filter to its end. A thread of its own puts itself under the filter, starts the command, and waits for
 * it; so the filter is on the command and its descendants, and on no other thread of the gate. While that thread lives the
 * listener has somebody to listen to; its own last request ends the work.
 */
final class FilteredCommand {
    /** {@code PR_SET_DUMPABLE} of {@code include/uapi/linux/prctl.h}: only who may trace every process may look into this one. */
    private static final int SET_DUMPABLE = 4;

    /** How long the last requests of descendants, or a module that hangs, may keep the gate after the command's end. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Gate gate;
    private final MediatedCommand command;

    /** The file descriptor of the listener. */
    private final CompletableFuture<Integer> listening = new CompletableFuture<>();

    /** Made by an unfiltered thread, whose lack of a filter the workers inherit. */
    private final CompletableFuture<NotificationWorkers> workers = new CompletableFuture<>();

    /** The process id of the command, or why there is none. */
    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    /** The wait status of the command. */
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    FilteredCommand(Gate gate, MediatedCommand command) {
        this.gate = gate;
        this.command = command;
    }

    /** Starts the thread, and those that answer its listener. */
    void start() {
        Thread thread = new Thread(this::run, "bpfgate-command");
        thread.setDaemon(true);
        thread.start();
        workers.complete(new NotificationWorkers(gate, listening.join()));
    }

    /** Ends with the process id, or exceptionally with a {@link MediationException}. */
    CompletableFuture<Integer> started() {
        return started;
    }

    /** Ends with the wait status when the command has ended and all its records are told. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    private void run() {
        try {
            mediate(gate.machine().newSyscalls());
        } catch (MediationException e) {
            fail(e);
        } catch (SyscallException | InterruptedException | RuntimeException e) {
            fail(new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage())));
        }
    }

    private void fail(MediationException why) {
        listening.completeExceptionally(why);
        started.completeExceptionally(why);
        ended.completeExceptionally(why);
    }

    /** The end is told last: whoever waits for it finds nothing of the command left in this process. */
    private void mediate(Syscalls syscalls) throws MediationException, SyscallException, InterruptedException {
        int listener = listen(syscalls);
        Seccomp.wakeUpInPlace(syscalls, listener);
        listening.complete(listener);
        NotificationWorkers answering = workers.join();
        int status;
        try {
            status = execute(syscalls);
        } finally {
            stop(answering, syscalls);
        }
        ended.complete(status);
    }

    private int listen(Syscalls syscalls) throws MediationException {
        if (!Seccomp.isAvailable(syscalls)) {
            throw new MediationException(
                    Kind.CANNOT_MEDIATE, "this kernel has no seccomp user notification; Linux 6.4 or later has");
        }
        try {
            if (!new Capabilities(syscalls).has(Capabilities.SYS_ADMIN)) {
                Seccomp.setNoNewPrivileges(syscalls);
            }
            NotifiedCommands notified = NotifiedCommands.of(gate.hooks());
            return Seccomp.installFilter(gate.machine(), syscalls, BpfCommand.count(), notified.numbers());
        } catch (SyscallException e) {
            String hint =
                    e.errno() == Errnos.EBUSY ? " (this process already runs under another seccomp listener)" : "";
            throw new MediationException(
                    Kind.CANNOT_MEDIATE, "the seccomp filter cannot be installed: " + e.getMessage() + hint);
        }
    }

    private int execute(Syscalls syscalls) throws MediationException, SyscallException {
        syscalls.prctl("prctl(PR_SET_DUMPABLE)", SET_DUMPABLE, 0);
        if (!command.confined()) {
            return startAndAwait(syscalls);
        }
        Confinement confinement = Confinement.enter(syscalls);
        try {
            return startAndAwait(syscalls);
        } finally {
            confinement.close();
        }
    }

    private int startAndAwait(Syscalls syscalls) throws MediationException, SyscallException {
        int pid;
        try {
            pid = StartConditions.ofThisProcess().start(syscalls, command.words());
        } catch (SyscallException e) {
            Kind kind = e.errno() == Errnos.ENOENT ? Kind.NOT_FOUND : Kind.NOT_EXECUTABLE;
            throw new MediationException(kind, command.words().getFirst() + ": " + Errnos.name(e.errno()));
        }
        // The start script keeps the JVM from raising it, because the command would inherit that.
        syscalls.raiseFileLimit();
        started.complete(pid);
        return syscalls.waitFor(pid);
    }

    /** By a thread of its own, which is under the filter too: with nobody to answer it waits until the listener is closed. */
    private void stop(NotificationWorkers answering, Syscalls syscalls) throws InterruptedException, SyscallException {
        Thread request = new Thread(() -> sendStopRequest(answering), "bpfgate-stop");
        request.setDaemon(true);
        request.start();
        if (request.join(FAREWELL)) {
            answering.awaitEnd(FAREWELL);
        }
        answering.closeListener(syscalls);
    }

    /** All requests before this one are received before it is. */
    private void sendStopRequest(NotificationWorkers answering) {
        Syscalls syscalls = gate.machine().newSyscalls();
        answering.stopAt(syscalls.gettid());
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer nothing = scope.allocate(ProgLoadAttr.SIZE);
            syscalls.bpf(Syscalls.Bpf.PROG_LOAD, nothing, ProgLoadAttr.SIZE);
        } catch (SyscallException e) {
            assert e.errno() == Errnos.ENOSYS : e;
        }
    }
}
