package org.bpfgate.serve.internal.socket;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlReply;
import org.bpfgate.control.ControlRequest;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.serve.internal.socket.JsonLines.LineException;

/**
 * One connection: a thread reads requests, another one answers them in their order. When the client is gone the reader notices, and
 * interrupts the other one, so that a verb that waits or follows ends.
 */
final class ControlSession implements AutoCloseable {
    /** The version of the protocol, in each request. */
    static final long VERSION = 1;

    /** Requests that a client may send ahead; then it waits. */
    private static final int MOST_AHEAD = 16;

    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private final LocalConnection connection;
    private final VerbCaller verbs;

    /** Empty is the end. */
    private final BlockingQueue<Optional<ControlRequest>> requests = new ArrayBlockingQueue<>(MOST_AHEAD);

    private final Thread reader =
            Thread.ofPlatform().daemon().name("bpfgate-control-reader").unstarted(this::read);
    private final Thread worker =
            Thread.ofPlatform().daemon().name("bpfgate-control-worker").unstarted(this::work);
    private Runnable atEnd = () -> {};

    /** Whether the request that is being answered has no limit of time, and whether the client sends no more. */
    private volatile boolean isUnbounded;

    private volatile boolean isAtEnd;

    ControlSession(LocalConnection connection, VerbCaller verbs) {
        this.connection = connection;
        this.verbs = verbs;
    }

    /** Starts; the action runs once, when the session has ended. */
    void start(Runnable whenEnded) {
        atEnd = whenEnded;
        worker.start();
        reader.start();
    }

    /** Ends the session; a request that is being answered is interrupted. */
    @Override
    public void close() {
        connection.close();
        worker.interrupt();
    }

    private void read() {
        try {
            JsonLines lines = new JsonLines(connection.in());
            for (Map<String, Object> line = lines.next(); line != null; line = lines.next()) {
                requests.put(Optional.of(request(line)));
            }
            // The client may have shut its side down and wait for answers; one that is gone fails the next write. Who
            // follows
            // something without end is taken to be gone.
            isAtEnd = true;
            if (isUnbounded) {
                worker.interrupt();
            }
            requests.put(Optional.empty());
        } catch (LineException e) {
            refuse(connection, Kind.USAGE, String.valueOf(e.getMessage()));
            worker.interrupt();
        } catch (IOException e) {
            worker.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ControlRequest request(Map<String, Object> line) throws LineException {
        if (!(line.get("version") instanceof Integer version) || version != VERSION) {
            throw new LineException("this gate speaks version " + VERSION + " of the protocol");
        }
        if (!(line.get("verb") instanceof String verb)) {
            throw new LineException("a request has a member verb");
        }
        if (!(line.getOrDefault("arguments", Map.of()) instanceof Map<?, ?> arguments)) {
            throw new LineException("the arguments of a request are an object");
        }
        for (Map.Entry<?, ?> argument : arguments.entrySet()) {
            if (argument.getValue() == null) {
                throw new LineException("argument " + argument.getKey() + " is null; leave it out");
            }
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> named = (Map<String, Object>) arguments;
        return new ControlRequest(verb, named, connection.peer());
    }

    private void work() {
        try {
            for (Optional<ControlRequest> next = requests.take(); next.isPresent(); next = requests.take()) {
                answer(next.get());
            }
        } catch (IOException | InterruptedException e) {
            LOG.log(Level.DEBUG, "a client of the control socket is gone: {0}", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the control socket failed at a request", e);
        } finally {
            connection.close();
            reader.interrupt();
            atEnd.run();
        }
    }

    private void answer(ControlRequest request) throws IOException, InterruptedException {
        Map<String, ?> end;
        try {
            end = Map.of("result", verbs.call(request, new Reply(), this::hasNoLimit));
        } catch (ControlException e) {
            end = error(e.kind(), String.valueOf(e.getMessage()));
        }
        connection.out().write(JsonLines.line(end));
    }

    private void hasNoLimit() {
        isUnbounded = true;
        if (isAtEnd) {
            worker.interrupt();
        }
    }

    /** Sends items. */
    private final class Reply implements ControlReply {
        @Override
        public void item(Map<String, ?> members) throws InterruptedException {
            try {
                connection.out().write(line(members));
            } catch (IOException e) {
                throw gone(e);
            }
        }

        @Override
        public void item(Map<String, ?> members, int descriptor) throws InterruptedException {
            try {
                connection.send(line(members), descriptor);
            } catch (IOException e) {
                throw gone(e);
            }
        }

        private static byte[] line(Map<String, ?> members) {
            return JsonLines.line(Map.of("item", members));
        }

        private static InterruptedException gone(IOException e) {
            InterruptedException gone = new InterruptedException("the client is gone");
            gone.initCause(e);
            return gone;
        }
    }

    private static Map<String, ?> error(Kind kind, String message) {
        return Map.of("error", Map.of("kind", kind.word(), "message", message));
    }

    /** Answers with an error, for as long as a client may take to read a line, and closes. */
    static void refuse(LocalConnection connection, Kind kind, String message) {
        try {
            connection.limit(Duration.ofSeconds(1));
            connection.out().write(JsonLines.line(error(kind, message)));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client of the control socket did not read why it was refused: {0}", e.getMessage());
        } finally {
            connection.close();
        }
    }
}
