package org.bpfgate.kernel.internal.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.Clients;
import org.bpfgate.kernel.internal.command.CommandMediation;
import org.bpfgate.kernel.internal.load.LoadMediation;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.ListenerPoll;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfCommand;
import org.jspecify.annotations.Nullable;

/** What one thread of {@link NotificationWorkers} does: it receives while it leads, and answers one request after the other. */
final class NotificationWorker {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private static final String INVISIBLE =
            "the client is in a pid namespace that the gate cannot see into; run the gate in the"
                    + " same pid namespace or in one above it";

    private final NotificationWorkers all;
    private final MediationContext context;
    private final Notifications notifications;
    private final ListenerPoll poll;
    private final Answers answers;
    private final Clients clients;
    private final LoadMediation loads;
    private final CommandMediation otherCommands;
    private final RefusedCalls refusedCalls;

    NotificationWorker(NotificationWorkers all, Syscalls syscalls) throws SyscallException {
        this.all = all;
        context = all.context();
        notifications = new Notifications(syscalls, all.listener());
        poll = new ListenerPoll(syscalls, all.listener(), all.stopping());
        answers = new Answers(notifications, context.permissive());
        clients = new Clients(syscalls);
        ClientRights rights = new ClientRights(syscalls);
        loads = new LoadMediation(context, syscalls, answers, rights);
        otherCommands = new CommandMediation(context, syscalls, answers, rights);
        refusedCalls = new RefusedCalls(context, syscalls, answers, clients);
    }

    /** What a worker begins with, that does not begin as the leader. */
    interface Beginning {
        /** Returns a request that this thread is to answer; null when there is none. */
        @Nullable
        MediatedRequest request(NotificationWorker worker);

        /** There is no worker, so that the request is to be denied. */
        void failed(SyscallException e);
    }

    /**
     * Works until it is no longer needed.
     *
     * @param first null for a worker that begins as the leader
     */
    void work(@Nullable Beginning first) throws SyscallException, InterruptedException {
        try {
            if (first != null) {
                answerAll(first.request(this));
                if (!all.turn().lead()) {
                    return;
                }
            }
            do {
                answerAll(receive());
            } while (all.turn().lead());
        } finally {
            clients.close();
        }
    }

    private void answerAll(@Nullable MediatedRequest first) {
        for (MediatedRequest request = first; request != null; ) {
            request = answer(request);
        }
    }

    /** Receives until there is a request to be answered by this thread; null when the lead is to be taken again. */
    private @Nullable MediatedRequest receive() throws SyscallException {
        try {
            while (true) {
                all.requireOneAtRest();
                ListenerPoll.Event event = poll.awaitRequest();
                if (all.isReceivingOver()) {
                    all.turn().close();
                    return null;
                }
                switch (event) {
                    case NOTHING -> {
                        return null;
                    }
                    case NOBODY -> {
                        all.turn().close();
                        all.onNobody();
                        return null;
                    }
                    case ENDED -> {
                        all.turn().close();
                        return null;
                    }
                    case REQUEST -> {
                        // Received below.
                    }
                }
                MediatedRequest request = begin(receiveOne());
                if (request != null) {
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

    private RequestJournal.Slot receiveOne() throws SyscallException {
        RequestJournal.Slot slot = all.journal().take();
        boolean isReceived = false;
        try {
            notifications.receive(slot);
            isReceived = true;
            return slot;
        } finally {
            if (!isReceived) {
                slot.clear();
            }
        }
    }

    /** Begins with a request that was received, by this gate or by one before; null when this thread is not to answer it. */
    @Nullable
    MediatedRequest begin(RequestJournal.Slot slot) {
        MediatedRequest request = identify(slot.request(), slot::clear);
        return request != null && all.begin(request) ? request : null;
    }

    /** Identifies the client, which nothing that a client does can delay; null when that fails, and the request has its answer. */
    private @Nullable MediatedRequest identify(Notification notification, Runnable whenAnswered) {
        try {
            if (refusedCalls.refuses(notification)) {
                whenAnswered.run();
                return null;
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the gate failed at a call, which it denies", e);
            notifications.fail(notification.id(), Errnos.EFAULT);
            whenAnswered.run();
            return null;
        }
        MediatedRequest request = new MediatedRequest(notification, command(notification), whenAnswered);
        try {
            if (notification.tid() == 0) {
                answers.fail(request, Errnos.EPERM, INVISIBLE);
                request.writeRecord(context);
                return null;
            }
            ClientStatus client = clients.of(notification.tid());
            request.recordClient(
                    client,
                    clients.process(),
                    context.machine()::newSyscalls,
                    answers.stillWaitingOnAnyThread(context.machine(), notification));
            return request;
        } catch (SyscallException e) {
            answers.fail(request, e);
        } catch (RuntimeException | Error e) {
            fail(request, e);
        }
        request.writeRecord(context);
        return null;
    }

    private static BpfCommand command(Notification notification) {
        return BpfCommand.byNumber(notification.command())
                .orElseThrow(() -> new IllegalStateException("no refusal of command " + notification.command()));
    }

    /** Answers a request; returns another one that waited for its end. */
    private @Nullable MediatedRequest answer(MediatedRequest request) {
        QueuedRequest queued = new QueuedRequest(request, all);
        all.overdue().begin(queued);
        try {
            context.hooks().answering(denial -> all.otherAnswers().deny(request, denial), () -> mediate(request));
        } catch (RuntimeException | Error e) {
            fail(request, e);
        }
        request.writeRecord(context);
        all.overdue().end(queued);
        return all.end(request);
    }

    private void mediate(MediatedRequest request) {
        if (request.command() == BpfCommand.PROG_LOAD) {
            loads.mediate(request);
        } else {
            otherCommands.mediate(request);
        }
    }

    /** Whatever happens, the client gets an answer, and an error of the gate is no reason to let anything in. */
    private void fail(MediatedRequest request, Throwable e) {
        LOG.log(Level.ERROR, "the gate failed at a command, which it denies", e);
        answers.fail(request, Errnos.EFAULT, "the gate failed: " + e);
    }
}
