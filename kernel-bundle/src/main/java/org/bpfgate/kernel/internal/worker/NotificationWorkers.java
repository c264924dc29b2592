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
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.kernel.internal.syscall.Errnos;
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
    private final RequestJournal journal;
    private final OverdueRequests overdue;

    /** Whether the requests are those of this listener alone. */
    private final boolean hasOwnRequests;

    /** What is done when no task is under the filter any more. */
    private final Runnable whenNobody;

    /** The pipe whose end to write to is closed to end the work; the workers wait for the other one too. */
    private final int stopRead;

    private final int stopWrite;
    private boolean isStopped;

    /** Whether no request is received any more, whatever waits. */
    private volatile boolean isReceivingOver;

    /** Whether the listener is closed; guarded by this object's lock. */
    private boolean isClosed;

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
        this(context, listener, RequestJournal.none(), OverdueRequests.start(), true, () -> {});
    }

    /**
     * Begins to answer beside other workers, with which the bounds on what one client takes are shared.
     *
     * @param listener the file descriptor of the listener, which belongs to this object now
     * @param journal where requests are written that are not answered yet
     * @param shared stopped by the caller
     * @param whenNobody called on a worker when no task is under the filter any more
     */
    public NotificationWorkers(
            MediationContext context, int listener, RequestJournal journal, OverdueRequests shared, Runnable whenNobody)
            throws SyscallException {
        this(context, listener, journal, shared, false, whenNobody);
    }

    private NotificationWorkers(
            MediationContext context,
            int listener,
            RequestJournal journal,
            OverdueRequests requests,
            boolean hasOwnRequests,
            Runnable whenNobody)
            throws SyscallException {
        this.journal = journal;
        overdue = requests;
        this.hasOwnRequests = hasOwnRequests;
        this.whenNobody = whenNobody;
        this.context = context;
        this.listener = listener;
        int[] pipe = context.machine().newSyscalls().pipe();
        stopRead = pipe[0];
        stopWrite = pipe[1];
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

    /**
     * Ends the work when the requests that were received have their answers. Others wait for whoever has the listener next.
     *
     * @param syscalls those of the calling thread
     */
    public void stopReceiving(Syscalls syscalls) {
        isReceivingOver = true;
        stop(syscalls);
    }

    /**
     * Takes the listener away from this object, after {@link #stopReceiving}. Requests that were received and are not answered are denied, as
     * nobody else could receive them.
     *
     * @return another descriptor of it
     */
    public int takeListener(Syscalls syscalls) throws SyscallException, InterruptedException {
        int taken = syscalls.duplicateOwn(listener);
        overdue.denyAll(
                this, Errnos.EAGAIN, "the gate hands its listeners over, and this request is not answered in time");
        closeListener(syscalls);
        return taken;
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
        synchronized (this) {
            isClosed = true;
        }
        for (QueuedRequest waiting : takeWaiting()) {
            refuse(waiting.request());
        }
        if (hasOwnRequests) {
            overdue.stop();
        }
        syscalls.retire(listener);
        release(syscalls);
    }

    /** Takes the requests of this listener that wait behind others out of the queues. */
    List<QueuedRequest> takeWaiting() {
        return overdue.queues().removeWaiting(request -> request.home() == this);
    }

    /** Records a request that is not answered any more; nobody waits for it, or another process has the listener too. */
    private void refuse(MediatedRequest request) {
        int nowhere = -1;
        new Answers(new Notifications(context.machine().newSyscalls(), nowhere), context.permissive())
                .fail(request, Errnos.ENOSYS, "the gate does not answer its listener any more");
        request.writeRecord(context);
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
            start(this::rest);
        }
    }

    private synchronized void start(Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        Thread thread = new Thread(work, "bpfgate-worker");
        thread.setDaemon(true);
        threads.add(thread);
        users.incrementAndGet();
        thread.start();
    }

    /** Answers a request that waited behind those of other listeners, on a thread of its own; false when the listener is closed. */
    private synchronized boolean begin(QueuedRequest waited) {
        if (isClosed) {
            return false;
        }
        start(() -> work(new Waited(waited.request())));
        return true;
    }

    private void rest() {
        try {
            work(null);
        } finally {
            isStarting.set(false);
        }
    }

    /** What a thread does: it answers a request that is given to it first, or rests first. */
    private void work(NotificationWorker.@Nullable Beginning first) {
        Syscalls syscalls = context.machine().newSyscalls();
        try {
            Signals.block(syscalls);
            boolean leads = first == null && turn.lead();
            if (first == null) {
                isStarting.set(false);
            }
            if (leads || first != null) {
                worker(syscalls, first).work(first);
            }
        } catch (SyscallException e) {
            LOG.log(Level.ERROR, "a worker ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(syscalls);
        }
    }

    private NotificationWorker worker(Syscalls syscalls, NotificationWorker.@Nullable Beginning first)
            throws SyscallException {
        try {
            return new NotificationWorker(this, syscalls);
        } catch (SyscallException e) {
            if (first == null) {
                turn.giveUp();
            } else {
                first.failed(e);
            }
            throw e;
        }
    }

    /** A request that has waited behind those of other listeners. */
    private final class Waited implements NotificationWorker.Beginning {
        private final MediatedRequest request;

        private Waited(MediatedRequest request) {
            this.request = request;
        }

        @Override
        public MediatedRequest request(NotificationWorker worker) {
            return request;
        }

        @Override
        public void failed(SyscallException e) {
            otherAnswers().fail(request, e);
            request.writeRecord(context);
            end(request);
        }
    }

    /** A request that a gate before this one received. */
    private final class Left implements NotificationWorker.Beginning {
        private final RequestJournal.Slot slot;

        private Left(RequestJournal.Slot slot) {
            this.slot = slot;
        }

        @Override
        public @Nullable MediatedRequest request(NotificationWorker worker) {
            return worker.begin(slot);
        }

        @Override
        public void failed(SyscallException e) {
            new Notifications(context.machine().newSyscalls(), listener)
                    .fail(slot.request().id(), e.errno());
            slot.clear();
        }
    }

    /**
     * Answers the requests that a gate before this one received and did not answer, on threads of their own. What that gate made for them,
     * and had not handed over, ended with it.
     */
    public void answerLeft() {
        Notifications own = new Notifications(context.machine().newSyscalls(), listener);
        for (RequestJournal.Slot slot : journal.takeLeft(own)) {
            start(() -> work(new Left(slot)));
        }
    }

    RequestJournal journal() {
        return journal;
    }

    boolean isReceivingOver() {
        return isReceivingOver;
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
        QueuedRequest queued = new QueuedRequest(request, this);
        return overdue.queues()
                .begin(queued, request.process(), request.status().uid(), System.nanoTime());
    }

    /**
     * A request has its answer; returns one that waited and that the caller is to answer now. One of another listener is answered by a
     * thread of that listener.
     */
    @Nullable
    MediatedRequest end(MediatedRequest request) {
        QueuedRequest next = overdue.queues().end(request.process(), System.nanoTime());
        while (next != null && next.home() != this && !next.home().begin(next)) {
            next.home().refuse(next.request());
            next = overdue.queues().end(next.request().process(), System.nanoTime());
        }
        return next != null && next.home() == this ? next.request() : null;
    }

    /** No task is under the filter any more. */
    void onNobody() {
        whenNobody.run();
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
