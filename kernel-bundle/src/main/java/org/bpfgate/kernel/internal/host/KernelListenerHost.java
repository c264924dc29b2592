package org.bpfgate.kernel.internal.host;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.ReleasedListener;

/**
 * Takes hand-overs on a socket, each on a thread of its own, and mediates what is handed over. There are never more than
 * {@value #MOST_AT_ONCE} hand-overs under way, and {@value #MOST_OF_USER} of one user who is not root: further ones of all wait in the
 * kernel, further ones of a user are asked to try again.
 */
public final class KernelListenerHost implements ListenerHost {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    static final int MOST_AT_ONCE = 64;
    static final int MOST_OF_USER = 16;

    private static final int ROOT = 0;

    /** How long hand-overs under way may take to end before the listeners are given away: many times what they need. */
    private static final Duration LAST_HAND_OVERS = Duration.ofSeconds(2);

    /** After an error of the socket that is no client's. */
    private static final long PAUSE_MS = 1000;

    private final MediationContext context;
    private final LocalServer server;
    private final Supplier<Greeting> greeting;
    private final AttachedFilters filters;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final Thread acceptor = new Thread(this::accept, "bpfgate-hand-overs");

    /** Connections under way; this and the next are guarded by this object's lock. */
    private final Set<LocalConnection> connections = new HashSet<>();

    private final Map<Integer, Integer> users = new HashMap<>();
    private boolean closed;

    /** Whether the listeners were given away: hand-overs are asked to try again, so that they come to the next gate. */
    private boolean released;

    private KernelListenerHost(
            MediationContext context,
            LocalServer server,
            Supplier<Greeting> greeting,
            RequestJournal journal,
            long fileLimit) {
        this.context = context;
        this.server = server;
        this.greeting = greeting;
        filters = new AttachedFilters(context, journal, fileLimit);
    }

    /**
     * Begins to take hand-overs.
     *
     * @param context how the calls of all listeners are mediated
     * @param server belongs to the result
     * @param greeting says at each hand-over what the filter is to notify the gate of
     * @param journal where requests are written that are not answered yet
     * @param fileLimit how many files this process may have open
     */
    public static KernelListenerHost begin(
            MediationContext context,
            LocalServer server,
            Supplier<Greeting> greeting,
            RequestJournal journal,
            long fileLimit) {
        KernelListenerHost host = new KernelListenerHost(context, server, greeting, journal, fileLimit);
        host.acceptor.setDaemon(true);
        host.acceptor.start();
        return host;
    }

    @Override
    public List<AttachedListener> attached() {
        return filters.descriptions();
    }

    @Override
    public void limitOfUser(int most) {
        filters.limitOfUser(most);
    }

    @Override
    public AttachedListener attach(int descriptor, AttachedListener was) throws MediationException {
        try {
            return filters.attach(descriptor, was.number(), was::numbered);
        } catch (HandOverException e) {
            throw new MediationException(MediationException.Kind.CANNOT_MEDIATE, String.valueOf(e.getMessage()));
        }
    }

    private void accept() {
        try {
            while (!isClosed()) {
                room.acquire();
                acceptOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptOne() throws InterruptedException {
        boolean isStarted = false;
        try {
            LocalConnection connection = server.accept();
            isStarted = begin(connection);
        } catch (IOException | OutOfMemoryError e) {
            // Not for want of descriptors, for which the socket waits. A thread that cannot be made is an
            // OutOfMemoryError.
            if (!isClosed()) {
                LOG.log(Level.ERROR, "no hand-over is taken at this moment", e);
                Thread.sleep(PAUSE_MS);
            }
        } finally {
            if (!isStarted) {
                room.release();
            }
        }
    }

    /** Returns whether a thread was started, which gives the room back. */
    private boolean begin(LocalConnection connection) {
        Optional<Refused> refusal = enter(connection);
        if (refusal.isPresent()) {
            refuse(connection, refusal.get());
            return false;
        }
        boolean isStarted = false;
        try {
            Thread thread = new Thread(() -> perform(connection), "bpfgate-hand-over");
            thread.setDaemon(true);
            thread.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                leave(connection);
            }
        }
        return true;
    }

    /** Returns why not, and nothing when it is in. */
    private synchronized Optional<Refused> enter(LocalConnection connection) {
        int uid = connection.peer().uid();
        int already = users.getOrDefault(uid, 0);
        if (closed || released) {
            return Optional.of(new Refused("the gate ends, or hands its listeners over to the next one", true));
        }
        if (uid != ROOT && already >= MOST_OF_USER) {
            return Optional.of(new Refused("the gate takes no more hand-overs of this user at the same time", true));
        }
        Optional<String> full = filters.full(uid);
        if (full.isPresent()) {
            return full.map(why -> new Refused(why, false));
        }
        users.put(uid, already + 1);
        connections.add(connection);
        return Optional.empty();
    }

    private void leave(LocalConnection connection) {
        connection.close();
        synchronized (this) {
            connections.remove(connection);
            users.computeIfPresent(connection.peer().uid(), (uid, count) -> count == 1 ? null : count - 1);
            notifyAll();
        }
    }

    /** A fresh connection has room for the line, so that this waits for nobody. */
    private static void refuse(LocalConnection connection, Refused refusal) {
        try (connection) {
            connection.out().write(refusal.toLine());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the client of a hand-over is gone", e);
        }
    }

    private void perform(LocalConnection connection) {
        try {
            new HandOver(filters, context.machine().newSyscalls(), connection).perform(greeting.get());
        } catch (IOException e) {
            LOG.log(
                    Level.DEBUG,
                    "a hand-over of process {0} was not finished: {1}",
                    connection.peer().pid(),
                    e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the gate failed at a hand-over", e);
        } finally {
            leave(connection);
            room.release();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public List<ReleasedListener> release() throws InterruptedException {
        synchronized (this) {
            if (closed || released) {
                return List.of();
            }
            released = true;
            awaitHandOvers();
            List.copyOf(connections).forEach(LocalConnection::close);
        }
        return filters.release();
    }

    /** A process that has offered its listener cannot offer another one, so it gets its answer. The caller holds the lock. */
    private void awaitHandOvers() throws InterruptedException {
        long deadline = System.nanoTime() + LAST_HAND_OVERS.toNanos();
        for (long left = LAST_HAND_OVERS.toMillis(); !connections.isEmpty() && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
    }

    @Override
    public void close() {
        boolean hasListeners;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            hasListeners = !released;
            List.copyOf(connections).forEach(LocalConnection::close);
        }
        server.close();
        acceptor.interrupt();
        try {
            acceptor.join();
            if (hasListeners) {
                filters.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
