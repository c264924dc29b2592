package org.bpfgate.kernel.internal.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Seccomp;
import org.bpfgate.kernel.internal.syscall.Spawn;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.kernel.internal.worker.NotificationWorkers;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationException.Kind;
import org.bpfgate.mediation.MediationListener;

/**
 * One command, from the filter to its end. A thread of its own puts itself under the filter, starts the command, and waits for
 * it; so the filter is on the command and its descendants, and on no other thread of the gate. When that thread has ended only
 * descendants are under the filter, and the kernel reports when none is left.
 */
final class SupervisedCommand {
    /** How long the gate waits after the command's end for its last requests, or for a module that hangs. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final MediationContext context;
    private final MediatedCommand command;

    /** The file descriptor of the listener. */
    private final CompletableFuture<Integer> listening = new CompletableFuture<>();

    /** Made by an unfiltered thread, whose lack of a filter the workers inherit. */
    private final CompletableFuture<NotificationWorkers> workers = new CompletableFuture<>();

    /** The process id of the command, or why there is none. */
    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    /** The wait status of the command. */
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    private final CompletableFuture<Integer> tid = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "bpfgate-command");

    SupervisedCommand(MediationContext context, MediatedCommand command) {
        this.context = context;
        this.command = command;
    }

    /**
     * Starts the thread, and those that answer its listener.
     *
     * @throws CompletionException with a {@link MediationException} when the filter cannot be installed
     */
    void start() throws SyscallException {
        thread.setDaemon(true);
        thread.start();
        workers.complete(new NotificationWorkers(context, listening.join()));
    }

    private void run() {
        try {
            mediate(context.machine().newSyscalls());
        } catch (MediationException e) {
            fail(e);
        } catch (SyscallException | RuntimeException e) {
            fail(new MediationException(Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage())));
        }
    }

    private void fail(MediationException why) {
        listening.completeExceptionally(why);
        started.completeExceptionally(why);
        ended.completeExceptionally(why);
    }

    /** Leaves the thread, whose filter would keep the listener in use, as soon as the command has ended. */
    private void mediate(Syscalls syscalls) throws MediationException, SyscallException {
        tid.complete(syscalls.gettid());
        int[] notified = NotifiedCommands.of(context.hooks()).numbers();
        int listener = FilterInstallation.install(context.machine(), syscalls, notified);
        Seccomp.wakeUpInPlace(syscalls, listener);
        listening.complete(listener);
        workers.join();
        ended.complete(execute(syscalls));
    }

    private int execute(Syscalls syscalls) throws MediationException, SyscallException {
        syscalls.hideFromOthers();
        StartConditions conditions = StartConditions.ofThisProcess();
        if (!command.confined()) {
            return syscalls.waitFor(start(syscalls, conditions, Spawn.Group.SAME));
        }
        Confinement confinement = Confinement.enter(syscalls, conditions);
        try (JobControl job = JobControl.open(syscalls, conditions)) {
            job.started(start(syscalls, conditions, job.group()));
            return job.await();
        } finally {
            confinement.close();
        }
    }

    private int start(Syscalls syscalls, StartConditions conditions, Spawn.Group group)
            throws MediationException, SyscallException {
        int pid;
        try {
            pid = conditions.start(syscalls, command.words(), group);
        } catch (SyscallException e) {
            throw StartFailure.of(command.words().getFirst(), e.errno());
        }
        // The start script keeps the JVM from raising it, because the command would inherit that.
        syscalls.raiseFileLimit();
        started.complete(pid);
        return pid;
    }

    /**
     * Waits for the command's end, and for that of its descendants where the command says so; then ends the work. To be called after
     * {@link #start}, also when the command did not start.
     *
     * @param listener is notified of descendants that outlive the command
     * @param signals go to the command, and end the wait for its descendants
     * @return the wait status of the command
     * @throws ExecutionException with a {@link MediationException} when it was not started
     */
    int await(MediationListener listener, SignalForwarding signals)
            throws ExecutionException, InterruptedException, SyscallException {
        Syscalls syscalls = context.machine().newSyscalls();
        NotificationWorkers answering = workers.join();
        try {
            signals.to(started.get());
            int status = ended.get();
            Descendants descendants = new Descendants(syscalls, listening.join());
            if (descendants.remain(thread, tid.join())) {
                listener.descendantsRemain(command.waitsForDescendants());
                if (command.waitsForDescendants() && !descendants.awaitEnd(signals::instead)) {
                    listener.descendantsRemain(false);
                }
            }
            return status;
        } finally {
            answering.stop(syscalls);
            answering.awaitEnd(STOP_TIMEOUT);
            answering.closeListener(syscalls);
        }
    }
}
