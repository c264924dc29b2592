package org.bpfgate.serve.internal.restart;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.control.LocalSockets;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.serve.internal.socket.JsonLines;
import org.bpfgate.serve.internal.socket.JsonLines.LineException;

/**
 * The gate that is to be taken over, as the new one sees it; {@link TakeOverVerbs} is its side. While the first connection is open the other gate
 * waits for this one; when this process ends it goes on. For one thread.
 */
public final class Predecessor implements AutoCloseable {
    private static final long CONTROL_VERSION = 1;

    /** As long as a change of modules that is under way may take. */
    private static final Duration PREPARATION = Duration.ofSeconds(60);

    /** Many times what the other gate needs for requests that it has received. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final LocalConnection attempt;
    private final LocalConnection steps;
    private final JsonLines items;
    private final JsonLines answers;

    private Predecessor(LocalConnection attempt, LocalConnection steps) {
        this.attempt = attempt;
        this.steps = steps;
        items = new JsonLines(attempt.in());
        answers = new JsonLines(steps.in());
    }

    /**
     * Asks the gate that runs, and waits until it changes nothing any more. It goes on mediating.
     *
     * @param control its control socket
     * @throws ControlException when no gate runs, or it refuses; one line for people
     */
    public static Predecessor prepare(LocalSockets sockets, Path control) throws ControlException {
        LocalConnection attempt = connect(sockets, control);
        Predecessor predecessor;
        try {
            predecessor = new Predecessor(attempt, connect(sockets, control));
        } catch (ControlException e) {
            attempt.close();
            throw e;
        }
        try {
            attempt.limit(PREPARATION);
            predecessor.steps.limit(ANSWER);
            send(attempt, "take-over", Map.of("protocol", TakeOverVerbs.PROTOCOL));
            item(predecessor.items);
            attempt.limit(ANSWER);
            return predecessor;
        } catch (IOException e) {
            predecessor.close();
            throw failed(e);
        } catch (ControlException e) {
            predecessor.close();
            throw e;
        }
    }

    private static LocalConnection connect(LocalSockets sockets, Path control) throws ControlException {
        try {
            return sockets.connect(control);
        } catch (IOException e) {
            throw new ControlException(
                    Kind.FAILED,
                    control + ": no gate can be taken over here (" + e.getMessage()
                            + "); without --take-over \"bpfgate serve\" starts the first one");
        }
    }

    private static void send(LocalConnection to, String verb, Map<String, ?> arguments) throws IOException {
        to.out().write(JsonLines.line(Map.of("version", CONTROL_VERSION, "verb", verb, "arguments", arguments)));
    }

    /**
     * Lets the other gate release its listeners: the kernel then keeps all requests until one of the two goes on.
     *
     * @return how many there are
     */
    public int release() throws ControlException {
        try {
            ask("take-over.release");
            return number(item(items), "listeners");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Receives listeners, whose descriptors belong to the caller.
     *
     * @param count as {@link #release} says
     * @throws ControlException when the connection ends before
     */
    public List<ReleasedListener> listeners(int count) throws ControlException {
        List<ReleasedListener> all = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                Map<?, ?> members = item(items);
                OptionalInt descriptor = attempt.takeDescriptor();
                if (descriptor.isEmpty()) {
                    throw new IOException("a listener came without its descriptor");
                }
                all.add(new ReleasedListener(ListenerText.entry(members).listener(), descriptor.getAsInt()));
            }
            return all;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Says that this gate mediates. Then the other one ends.
     *
     * @return whether it says so; without an answer it has ended before, or is about to go on
     * @throws ControlException when it says that it goes on
     */
    public boolean ready() throws ControlException {
        try {
            ask("take-over.ready");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void ask(String verb) throws IOException, ControlException {
        send(steps, verb, Map.of());
        Map<String, Object> answer = line(answers);
        if (!answer.containsKey("result")) {
            throw refused(answer);
        }
    }

    private static Map<?, ?> item(JsonLines lines) throws IOException, ControlException {
        Map<String, Object> answer = line(lines);
        if (answer.get("item") instanceof Map<?, ?> item) {
            return item;
        }
        throw refused(answer);
    }

    private static Map<String, Object> line(JsonLines lines) throws IOException {
        try {
            Map<String, Object> line = lines.next();
            if (line == null) {
                throw new IOException("it has closed the connection");
            }
            return line;
        } catch (LineException e) {
            throw new IOException(e.getMessage(), e);
        } catch (SocketTimeoutException e) {
            throw new IOException("it does not answer in time", e);
        }
    }

    private static int number(Map<?, ?> members, String name) throws IOException {
        if (members.get(name) instanceof Integer number && number >= 0) {
            return number;
        }
        throw new IOException("it does not say how many listeners there are");
    }

    private static ControlException refused(Map<String, Object> answer) {
        Object message = answer.get("error") instanceof Map<?, ?> error ? error.get("message") : answer;
        return new ControlException(Kind.REFUSED, "the gate that runs does not hand over: " + message);
    }

    private static ControlException failed(IOException e) {
        return new ControlException(Kind.FAILED, "the gate that runs cannot be taken over: " + e.getMessage());
    }

    /** Ends the attempt, if it has not ended yet: the other gate goes on then. */
    @Override
    public void close() {
        attempt.close();
        steps.close();
    }
}
