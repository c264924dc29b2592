package org.bpfgate.serve.internal.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalServer;
import org.bpfgate.control.LocalSockets;

/**
 * The control socket: accepts root and the gate's own user, and gives each connection a session. The file's permissions keep others
 * out; that the peer is asked too holds when somebody opens them.
 */
public final class ControlServer implements AutoCloseable {
    /** More than an operator and their monitoring need; each has two threads. */
    static final int MOST_SESSIONS = 64;

    /** {@code -rw-------} */
    private static final int OWNER_ONLY = 0600;

    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private final LocalServer server;
    private final VerbCaller verbs;
    private final int owner;
    private final AtomicInteger sessions = new AtomicInteger();
    private final Set<ControlSession> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    private ControlServer(LocalServer server, VerbCaller verbs, int owner) {
        this.server = server;
        this.verbs = verbs;
        this.owner = owner;
    }

    /**
     * Listens, and accepts on a thread of its own until this is closed.
     *
     * @param path of the socket file
     * @param verbs calls the verbs
     * @param owner the user id of the gate
     * @throws IOException with the path, when it cannot listen there
     */
    public static ControlServer open(LocalSockets sockets, Path path, VerbCaller verbs, int owner) throws IOException {
        ControlServer server = new ControlServer(sockets.listen(path, OWNER_ONLY), verbs, owner);
        Thread.ofPlatform().daemon().name("bpfgate-control").start(server::accept);
        return server;
    }

    private void accept() {
        while (!isClosed) {
            try {
                begin(server.accept());
            } catch (IOException e) {
                if (isClosed) {
                    return;
                }
                LOG.log(Level.WARNING, "a client of the control socket was not accepted: " + e.getMessage());
                pause();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "the control socket failed at a client", e);
            }
        }
    }

    /** What keeps the kernel from accepting, such as a full table of descriptors, does not pass at once. */
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(LocalConnection connection) {
        ControlPeer peer = connection.peer();
        if (peer.uid() != 0 && peer.uid() != owner) {
            LOG.log(Level.WARNING, "user {0} (pid {1}) may not control the gate", peer.uid(), peer.pid());
            connection.close();
            return;
        }
        if (sessions.incrementAndGet() > MOST_SESSIONS) {
            sessions.decrementAndGet();
            ControlSession.refuse(connection, Kind.FAILED, "the gate has " + MOST_SESSIONS + " clients; try again");
            return;
        }
        ControlSession session = new ControlSession(connection, verbs);
        open.add(session);
        session.start(() -> {
            open.remove(session);
            sessions.decrementAndGet();
        });
        if (isClosed) {
            session.close();
        }
    }

    /** Ends every session, and removes the socket file. */
    @Override
    public void close() {
        isClosed = true;
        server.close();
        open.forEach(ControlSession::close);
    }
}
