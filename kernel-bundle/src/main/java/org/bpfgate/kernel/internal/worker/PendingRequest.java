package org.bpfgate.kernel.internal.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bpfgate.kernel.internal.client.ProcessKey;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;

/** One request from its receipt to its record. Safe for use by several threads. */
final class PendingRequest {
    private final Notification notification;
    private final MediatedRequest exchange;
    private final ProcessKey process;
    private final AtomicBoolean isRecorded = new AtomicBoolean();

    /**
     * Prepares a request.
     *
     * @param notification what the kernel says of it
     * @param exchange what becomes known of it
     * @param process that it counts for
     */
    PendingRequest(Notification notification, MediatedRequest exchange, ProcessKey process) {
        this.notification = notification;
        this.exchange = exchange;
        this.process = process;
    }

    /** Returns what the kernel says of it. */
    Notification notification() {
        return notification;
    }

    /** Returns what becomes known of it. */
    MediatedRequest exchange() {
        return exchange;
    }

    /** Returns the process that it counts for. */
    ProcessKey process() {
        return process;
    }

    /** Tells what became of it, once; it has an answer then. */
    void record(MediationContext gate) {
        if (isRecorded.compareAndSet(false, true)) {
            gate.tell(exchange.toRecord(), notification, exchange.asked());
        }
    }
}
