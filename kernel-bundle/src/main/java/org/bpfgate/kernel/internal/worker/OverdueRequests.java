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
import org.bpfgate.kernel.internal.request.ClientQueues;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.syscall.Errnos;

/**
 * The requests of one or more listeners: bounds how many are answered at the same time ({@link ClientQueues}), and denies and records
 * those that wait too long. It checks every second, on a thread of its own.
 *
 * <ul>
 *   <li>{@code ETIMEDOUT}: one access to the client's memory, or the lookup of one path, has taken 10 s. Only a file system that does
 *       not answer takes so long.
 *   <li>{@code EBUSY}: the request has waited 30 s in which no request of its process went on. (libbpf repeats loads that fail with
 *       {@code EAGAIN}.)
 *   <li>A request that was answered 10 s ago, but whose mediation is not over, because a module hangs, is recorded as it is.
 * </ul>
 */
public final class OverdueRequests {
    /** A page or a name of a disk, even of one far away, takes less. */
    static final Duration LONGEST_ACCESS = Duration.ofSeconds(10);

    /** The verifier takes a second for a million instructions, many times that on an emulated machine. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration UNTIL_RECORDED = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    private final ClientQueues<QueuedRequest> queues = new ClientQueues<>();
    private final Set<QueuedRequest> underWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "bpfgate-overdue");

    /** Begins to watch. */
    public static OverdueRequests start() {
        OverdueRequests requests = new OverdueRequests();
        requests.thread.setDaemon(true);
        requests.thread.start();
        return requests;
    }

    private OverdueRequests() {}

    ClientQueues<QueuedRequest> queues() {
        return queues;
    }

    /** Ends, and waits for the end. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        thread.join();
    }

    /** A request is being answered from now on. */
    void begin(QueuedRequest request) {
        underWay.add(request);
    }

    /** It is over. */
    void end(QueuedRequest request) {
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
            for (ClientQueues.Stuck<QueuedRequest> stuck : queues.withoutProgress(now, LONGEST_WAIT.toNanos())) {
                ClientStatus client = stuck.request().request().status();
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
            for (QueuedRequest queued : underWay) {
                MediatedRequest request = queued.request();
                Optional<String> access = request.access().overdue(now, LONGEST_ACCESS.toNanos());
                if (access.isPresent()) {
                    deny(queued, Errnos.ETIMEDOUT, access.get() + " took " + LONGEST_ACCESS.toSeconds() + " s");
                } else if (request.isAnsweredSince(UNTIL_RECORDED)) {
                    request.writeRecord(queued.home().context());
                }
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the watch over requests failed, and goes on", e);
        }
    }

    /** Denies every request of a listener. */
    void denyAll(NotificationWorkers home, int errno, String why) {
        for (QueuedRequest queued : home.takeWaiting()) {
            deny(queued, errno, why);
        }
        for (QueuedRequest queued : underWay) {
            if (queued.home() == home) {
                deny(queued, errno, why);
            }
        }
    }

    private static void deny(QueuedRequest queued, int errno, String why) {
        queued.home().otherAnswers().fail(queued.request(), errno, why);
        queued.request().writeRecord(queued.home().context());
    }
}
