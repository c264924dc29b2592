package org.bpfgate.kernel.internal.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.ClientQueues;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.syscall.Errnos;

/**
 * Denies and records the requests that wait too long. It checks every second, on a thread of its own.
 *
 * <ul>
 *   <li>{@code ETIMEDOUT}: one access to the client's memory, or the lookup of one path, has taken 10 s. Only a file system that does
 *       not answer takes so long.
 *   <li>{@code EBUSY}: the request has waited 30 s in which no request of its process went on. (libbpf repeats loads that fail with
 *       {@code EAGAIN}.)
 *   <li>A request that was answered 10 s ago, but whose mediation is not over, because a module hangs, is recorded as it is.
 * </ul>
 */
final class OverdueRequests {
    /** A page or a name of a disk, even of one far away, takes less. */
    static final Duration LONGEST_ACCESS = Duration.ofSeconds(10);

    /** The verifier takes a second for a million instructions, many times that on an emulated machine. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration UNTIL_RECORDED = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final MediationContext context;
    private final ClientQueues<MediatedRequest> queues;
    private final Answers answers;
    private final Set<MediatedRequest> underWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "bpfgate-overdue");

    /**
     * Prepares to watch.
     *
     * @param listener the file descriptor of the listener
     */
    OverdueRequests(MediationContext context, int listener, ClientQueues<MediatedRequest> queues) {
        this.context = context;
        this.queues = queues;
        answers = new Answers(new Notifications(context.machine().newSyscalls(), listener), context.permissive());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends, and waits for the end. */
    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    /** A request is being answered from now on. */
    void begin(MediatedRequest request) {
        underWay.add(request);
    }

    /** It is over. */
    void end(MediatedRequest request) {
        underWay.remove(request);
    }

    private void watch() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                look(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long now) {
        try {
            for (ClientQueues.Stuck<MediatedRequest> stuck : queues.withoutProgress(now, LONGEST_WAIT.toNanos())) {
                ClientStatus client = stuck.request().status();
                String whose = switch (stuck.bound()) {
                    case PROCESS -> "requests of process " + client.pid();
                    case USER -> "requests of the processes of user " + client.uid();
                    case ALL -> "requests";
                };
                deny(
                        stuck.request(),
                        Errnos.EBUSY,
                        "the gate answers no more " + whose + " at the same time, and for " + LONGEST_WAIT.toSeconds()
                                + " s none of this process went on");
            }
            for (MediatedRequest request : underWay) {
                Optional<String> access = request.access().overdue(now, LONGEST_ACCESS.toNanos());
                if (access.isPresent()) {
                    deny(request, Errnos.ETIMEDOUT, access.get() + " took " + LONGEST_ACCESS.toSeconds() + " s");
                } else if (request.isAnsweredSince(UNTIL_RECORDED)) {
                    request.writeRecord(context);
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the watch over requests failed, and goes on", e);
        }
    }

    private void deny(MediatedRequest request, int errno, String why) {
        answers.fail(request, errno, why);
        request.writeRecord(context);
    }
}
