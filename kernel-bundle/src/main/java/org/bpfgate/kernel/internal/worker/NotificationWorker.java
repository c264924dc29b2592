package org.bpfgate.kernel.internal.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.Clients;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.ListenerPoll;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfCommand;
import org.jspecify.annotations.Nullable;

/** What one thread of {@link NotificationWorkers} does: it receives while it leads, and answers one request after the other. */
final class NotificationWorker {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final NotificationWorkers all;
    private final MediationContext gate;
    private final Notifications notifications;
    private final ListenerPoll poll;
    private final Answers answers;
    private final Mediations mediations;
    private final Clients clients;

    NotificationWorker(NotificationWorkers all, Syscalls syscalls) throws SyscallException {
        this.all = all;
        gate = all.gate();
        notifications = new Notifications(syscalls, all.listener());
        poll = new ListenerPoll(syscalls, all.listener(), all.stopping());
        answers = new Answers(notifications, gate.permissive());
        clients = new Clients(syscalls);
        try {
            mediations = new Mediations(gate, syscalls, answers, clients);
        } catch (SyscallException e) {
            all.turn().giveUp();
            throw e;
        }
    }

    /** Begins with the lead and goes on until it is not needed any more. */
    void work() throws SyscallException, InterruptedException {
        try {
            do {
                for (PendingRequest request = receive(); request != null; ) {
                    request = answer(request);
                }
            } while (all.turn().lead());
        } finally {
            clients.close();
        }
    }

    /** Receives until there is a request to be answered by this thread; null when it is to look anew who leads. */
    private @Nullable PendingRequest receive() throws SyscallException {
        try {
            while (true) {
                all.requireOneAtRest();
                switch (poll.awaitRequest()) {
                    case NOTHING -> {
                        return null;
                    }
                    case NOBODY, ENDED -> {
                        all.turn().close();
                        return null;
                    }
                    case REQUEST -> {
                        // Received below.
                    }
                }
                Notification notification = notifications.receive();
                PendingRequest request = identify(notification);
                if (request != null && all.begin(request)) {
                    return request;
                }
            }
        } catch (SyscallException e) {
            if (e.errno() == Errnos.ENOENT || e.errno() == Errnos.EINTR) {
                return null;
            }
            throw e;
        } finally {
            all.turn().giveUp();
        }
    }

    /** Finds out who asks, which nothing that a client does can delay; null when that fails, and the request has its answer. */
    private @Nullable PendingRequest identify(Notification notification) {
        try {
            if (mediations.refuses(notification)) {
                return null;
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the gate failed at a call, which it denies", e);
            notifications.fail(notification.id(), Errnos.EFAULT);
            return null;
        }
        MediatedRequest exchange = new MediatedRequest(command(notification));
        try {
            ClientStatus client = clients.of(notification.tid());
            exchange.askedBy(client, answers.stillWaitingOnAnyThread(gate.machine(), notification));
            return new PendingRequest(notification, exchange, clients.process());
        } catch (SyscallException e) {
            answers.fail(notification, exchange, e.errno(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            failed(notification, exchange, e);
        }
        gate.tell(exchange.toRecord(), notification, exchange.asked());
        return null;
    }

    private static BpfCommand command(Notification notification) {
        return BpfCommand.byNumber(notification.command())
                .orElseThrow(() -> new IllegalStateException("no refusal of command " + notification.command()));
    }

    /** Answers a request; returns another one that waited for its end. */
    private @Nullable PendingRequest answer(PendingRequest request) {
        Notification notification = request.notification();
        MediatedRequest exchange = request.exchange();
        all.overdue().begin(request);
        try {
            gate.hooks().answering(late -> answerLate(request, late), () -> mediations.mediate(notification, exchange));
        } catch (RuntimeException | Error e) {
            failed(notification, exchange, e);
        }
        request.record(gate);
        all.overdue().end(request);
        return all.end(request);
    }

    /** Whatever happens, the client gets an answer, and what goes wrong here is no reason to let anything in. */
    private void failed(Notification notification, MediatedRequest exchange, Throwable e) {
        LOG.log(Level.ERROR, "the gate failed at a command, which it denies", e);
        answers.fail(notification, exchange, Errnos.EFAULT, "the gate failed: " + e);
    }

    private void answerLate(PendingRequest request, HookResult denial) {
        all.otherAnswers().deny(request.notification(), request.exchange(), denial);
    }
}
