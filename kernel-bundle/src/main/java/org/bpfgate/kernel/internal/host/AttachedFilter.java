package org.bpfgate.kernel.internal.host;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.kernel.internal.worker.NotificationWorkers;
import org.bpfgate.kernel.internal.worker.OverdueRequests;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;
import org.bpfgate.mediation.ReleasedListener;

/** One listener that is mediated, and its description. Safe for use by several threads. */
final class AttachedFilter {
    private final AttachedListener description;
    private final int listener;
    private final NotificationWorkers workers;

    /** Calls since this host has it. */
    private final LongAdder calls;

    private AttachedFilter(AttachedListener description, int listener, NotificationWorkers workers, LongAdder calls) {
        this.description = description;
        this.listener = listener;
        this.workers = workers;
        this.calls = calls;
    }

    /**
     * Begins to mediate.
     *
     * @param listener the descriptor, which belongs to the result
     * @param context that of the host, whose listener hears of the calls
     * @param whenNobody called when no task is under the filter any more
     */
    static AttachedFilter begin(
            AttachedListener description,
            int listener,
            MediationContext context,
            RequestJournal journal,
            OverdueRequests requests,
            Runnable whenNobody)
            throws SyscallException {
        LongAdder calls = new LongAdder();
        MediationContext counting = context.with(new Counting(context.listener(), calls));
        NotificationWorkers workers = new NotificationWorkers(counting, listener, journal, requests, whenNobody);
        workers.answerLeft();
        return new AttachedFilter(description, listener, workers, calls);
    }

    AttachedListener description() {
        return new AttachedListener(
                description.number(),
                description.pid(),
                description.uid(),
                description.gid(),
                description.command(),
                description.unit(),
                description.since(),
                description.calls() + calls.sum());
    }

    /** Returns the descriptor of the listener. */
    int listener() {
        return listener;
    }

    /** Ends the work when no request waits. */
    void stop(Syscalls syscalls) {
        workers.stop(syscalls);
    }

    /** Receives no more. */
    void stopReceiving(Syscalls syscalls) {
        workers.stopReceiving(syscalls);
    }

    /** Takes the listener away, after at most this time for requests that are being answered; see {@link #stopReceiving}. */
    ReleasedListener release(Syscalls syscalls, Duration longest) throws SyscallException, InterruptedException {
        workers.awaitEnd(longest);
        int descriptor = workers.takeListener(syscalls);
        return new ReleasedListener(description(), descriptor);
    }

    /** Closes the listener, after at most this time for requests that are being answered. */
    void close(Syscalls syscalls, Duration longest) throws SyscallException, InterruptedException {
        workers.stop(syscalls);
        try {
            workers.awaitEnd(longest);
        } finally {
            workers.closeListener(syscalls);
        }
    }

    /** Counts what another listener hears of. */
    private record Counting(MediationListener listener, LongAdder calls) implements MediationListener {
        @Override
        public void mediated(MediationRecord mediated) {
            calls.increment();
            listener.mediated(mediated);
        }

        @Override
        public void refused(RefusedCall refused) {
            calls.increment();
            listener.refused(refused);
        }

        @Override
        public boolean wantsVerifierLog() {
            return listener.wantsVerifierLog();
        }

        @Override
        public boolean wantsClient() {
            return listener.wantsClient();
        }
    }
}
