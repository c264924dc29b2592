package org.bpfgate.kernel.internal.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.ClientQueues;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.syscall.Signals;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * The threads that answer the requests of one listener. They are platform threads, because capabilities belong to those.
 *
 * <p>Who waits for whom:
 *
 * <ul>
 *   <li>One worker receives ({@link LeaderFollowers}). While it does it waits for nothing but the kernel, so every request is received.
 *   <li>It answers what it has received itself, so that no thread has to wake another one for a request. Meanwhile another one
 *       receives, if it takes long.
 *   <li>A request that its client has no room for ({@link ClientQueues}) waits behind that client's own, without a thread. There are
 *       never more than {@value ClientQueues#IN_ALL} and {@value ClientQueues#RESERVED} workers that answer.
 *   <li>A worker that waits for a client's memory holds that client's room, and no other. The client is answered after some time
 *       ({@link OverdueRequests}); the thread is free when the page comes, or when the file system that owes it ends.
 * </ul>
 */
public final class NotificationWorkers {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final MediationContext context;
    private final int listener;
    private final LeaderFollowers turn = new LeaderFollowers();
    private final ClientQueues<MediatedRequest> queues = new ClientQueues<>();
    private final OverdueRequests overdue;

    /** The pipe whose end to write to is closed to end the work; the workers wait for the other one too. */
    private final int stopRead;

    private final int stopWrite;
    private boolean isStopped;

    /** Workers that have not ended, and who closes the listener: the last one of them gives its number back. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** Those that may still run; guarded by this object's lock. */
    private final List<Thread> threads = new ArrayList<>();

    /** Whether a worker was started that has not led yet. */
    private final AtomicBoolean isStarting = new AtomicBoolean();

    /**
     * Begins to answer.
     *
     * @param listener the file descriptor of the listener, which belongs to this object now
     */
    public NotificationWorkers(MediationContext context, int listener) throws SyscallException {
        this.context = context;
        this.listener = listener;
        int[] pipe = context.machine().newSyscalls().pipe();
        stopRead = pipe[0];
        stopWrite = pipe[1];
        overdue = new OverdueRequests(context, listener, queues);
        overdue.start();
        requireOneAtRest();
    }

    /**
     * Ends the work when no request waits, so that those made before this are answered.
     *
     * @param syscalls those of the calling thread
     */
    public synchronized void stop(Syscalls syscalls) {
        if (!isStopped) {
            isStopped = true;
            syscalls.close(stopWrite);
        }
    }

    /** Waits until all workers have ended, but no longer than this; returns whether they have. */
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        for (Thread thread : all()) {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    private synchronized List<Thread> all() {
        return List.copyOf(threads);
    }

    /**
     * Closes the listener: later requests get {@code ENOSYS} from the kernel. The descriptor's number stays in use as long as a worker may
     * use it.
     */
    public void closeListener(Syscalls syscalls) throws SyscallException, InterruptedException {
        turn.close();
        overdue.stop();
        syscalls.retire(listener);
        release(syscalls);
    }

    private void release(Syscalls syscalls) {
        if (users.decrementAndGet() == 0) {
            syscalls.close(listener);
            syscalls.close(stopRead);
        }
    }

    /** Sees to it that a worker rests while another one leads, and takes its place when it is away for long. */
    void requireOneAtRest() {
        if (turn.resting() == 0 && isStarting.compareAndSet(false, true)) {
            start();
        }
    }

    private synchronized void start() {
        threads.removeIf(thread -> !thread.isAlive());
        Thread thread = new Thread(this::work, "bpfgate-worker");
        thread.setDaemon(true);
        threads.add(thread);
        users.incrementAndGet();
        thread.start();
    }

    private void work() {
        Syscalls syscalls = context.machine().newSyscalls();
        try {
            Signals.block(syscalls);
            boolean leads = turn.lead();
            isStarting.set(false);
            if (leads) {
                new NotificationWorker(this, syscalls).work();
            }
        } catch (SyscallException e) {
            LOG.log(Level.ERROR, "a worker ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isStarting.set(false);
            release(syscalls);
        }
    }

    MediationContext context() {
        return context;
    }

    /** Returns the file descriptor of the listener. */
    int listener() {
        return listener;
    }

    LeaderFollowers turn() {
        return turn;
    }

    /** Returns true when the caller is to answer a request now; false when it waits behind others of its process. */
    boolean begin(MediatedRequest request) {
        return queues.begin(request, request.process(), request.status().uid(), System.nanoTime());
    }

    /** A request has its answer; returns one that waited and that the caller is to answer now. */
    @Nullable
    MediatedRequest end(MediatedRequest request) {
        return queues.end(request.process(), System.nanoTime());
    }

    /** Returns answers for a thread that is no worker. */
    Answers otherAnswers() {
        return new Answers(new Notifications(context.machine().newSyscalls(), listener), context.permissive());
    }

    OverdueRequests overdue() {
        return overdue;
    }

    /** Returns the descriptor that the workers wait for beside the listener: its other end is closed to end the work. */
    int stopping() {
        return stopRead;
    }
}
