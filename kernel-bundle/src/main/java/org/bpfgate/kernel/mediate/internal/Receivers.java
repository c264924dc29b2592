package org.bpfgate.kernel.mediate.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.Notifications;
import org.bpfgate.kernel.syscall.internal.Notifications.Notification;
import org.bpfgate.kernel.syscall.internal.Signals;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.mediation.MediationResult;
import org.bpfgate.program.BpfCommand;

/**
 * The threads that answer one listener. One waits in the kernel, which wakes all that wait there for each request; the others
 * {@link StandBy stand by} until a request waits that nobody takes, and further ones are started then, up to {@value #MOST}. They are
 * platform threads, because capabilities belong to those.
 */
final class Receivers {
    /** Requests at the same time; further ones wait in the kernel. */
    static final int MOST = 32;

    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final Gate gate;
    private final int listener;
    private volatile int farewell;
    private volatile boolean abandoned;
    private final StandBy standBy = new StandBy();

    /** Those that have not failed; guarded by this object's lock. */
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Begins to answer.
     *
     * @param listener the file descriptor of the listener
     */
    Receivers(Gate gate, int listener) {
        this.gate = gate;
        this.listener = listener;
        start(true);
    }

    /** Waits until the last receiver is gone, for this long each; returns whether they all are. */
    boolean awaitEnd(Duration longest) throws InterruptedException {
        for (Thread thread : all()) {
            if (!thread.join(longest)) {
                return false;
            }
        }
        return true;
    }

    private synchronized List<Thread> all() {
        return List.copyOf(threads);
    }

    /**
     * No further receivers from now on.
     *
     * @param tid the id of the thread whose requests are no requests: each sends one receiver home
     * @return how many there are to be sent home
     */
    int close(int tid) {
        farewell = tid;
        return standBy.close();
    }

    /** Lets go of receivers that are still busy: the listener is closed, and its number may soon be another one's. */
    void abandon() {
        abandoned = true;
    }

    /** Sees to it that somebody stands by while all others receive or answer. */
    private synchronized void startOneMore() {
        if (threads.size() <= standBy.absent() && threads.size() < MOST) {
            start(false);
        }
    }

    private synchronized void start(boolean isFirst) {
        Thread thread = new Thread(() -> work(isFirst), "bpfgate-receiver-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private synchronized void failed(Thread thread) {
        threads.remove(thread);
    }

    private void work(boolean isFirst) {
        Syscalls syscalls = gate.machine().newSyscalls();
        Notifications notifications = new Notifications(syscalls, listener);
        try {
            Signals.block(syscalls);
            if (isFirst || standBy.await(notifications::areWaiting)) {
                receive(syscalls, notifications);
            }
        } catch (SyscallException e) {
            failed(Thread.currentThread());
            LOG.log(Level.ERROR, "a receiver ends", e);
        } catch (InterruptedException e) {
            failed(Thread.currentThread());
            Thread.currentThread().interrupt();
        }
    }

    private void receive(Syscalls syscalls, Notifications notifications) throws SyscallException, InterruptedException {
        try (Mediations mediations = new Mediations(gate, syscalls, notifications)) {
            do {
                startOneMore();
            } while (answerNext(notifications, mediations) && standBy.next(notifications::areWaiting) && !abandoned);
        } catch (SyscallException e) {
            standBy.forget();
            throw e;
        }
    }

    private boolean answerNext(Notifications notifications, Mediations mediations) throws SyscallException {
        Notification request;
        standBy.receiving();
        try {
            request = notifications.receive();
        } catch (SyscallException e) {
            if (e.errno() == Errnos.ENOENT || e.errno() == Errnos.EINTR) {
                return true;
            }
            throw e;
        } finally {
            standBy.received();
        }
        if (request.tid() == farewell) {
            notifications.fail(request.id(), Errnos.ENOSYS);
            return false;
        }
        answer(request, mediations);
        return true;
    }

    /** Whatever happens, the client gets an answer, and what goes wrong here is no reason to let anything in. */
    private void answer(Notification request, Mediations mediations) {
        if (mediations.refuses(request)) {
            return;
        }
        Exchange exchange = new Exchange(command(request));
        try {
            gate.hooks()
                    .answering(
                            late -> answerLate(request, exchange, late), () -> mediations.mediate(request, exchange));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the gate failed at a command, which it denies", e);
            mediations.fail(request, exchange, Errnos.EFAULT, "the gate failed: " + e);
        }
        gate.tell(exchange.toRecord());
    }

    private static BpfCommand command(Notification request) {
        return BpfCommand.byNumber(request.command())
                .orElseThrow(() -> new IllegalStateException("the filter names no command " + request.command()));
    }

    private void answerLate(Notification request, Exchange exchange, HookResult denial) {
        Notifications another = new Notifications(gate.machine().newSyscalls(), listener);
        if (gate.permissive()) {
            another.letThrough(request.id());
            exchange.answered(MediationResult.leftToTheKernel());
        } else {
            another.fail(request.id(), denial.errno().orElseThrow().number());
            exchange.answered(
                    MediationResult.failed(denial.errno().orElseThrow().name(), denial.reason()));
        }
    }
}
