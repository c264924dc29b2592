package org.bpfgate.command.internal.control;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.bpfgate.command.internal.context.CommandContext;
import org.jspecify.annotations.Nullable;

/** Asks the running gate by its control socket: one request, and its answer. For one thread. */
public final class ControlClient {
    private static final int VERSION = 1;

    private final Path socket;

    /** The connection of the last request; one at a time. */
    private static volatile @Nullable SocketChannel asking;

    private ControlClient(Path socket) {
        this.socket = socket;
    }

    /** Returns a client of the gate whose directories are below {@code --root}. */
    public static ControlClient of(CommandContext context) {
        return new ControlClient(context.root().resolve("run/bpfgate/control"));
    }

    /**
     * Asks for something.
     *
     * @param verb the name of the verb
     * @param arguments texts, numbers, booleans, maps and lists of these
     * @param items takes the items of the answer as they come
     * @return the result
     * @throws GateException when there is no gate, or the request was not fulfilled
     */
    public Map<String, Object> ask(String verb, Map<String, ?> arguments, Consumer<Map<String, Object>> items)
            throws GateException {
        try (SocketChannel channel = connect()) {
            asking = channel;
            String request = JSON.std.asString(Map.of("version", VERSION, "verb", verb, "arguments", arguments)) + "\n";
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            BufferedReader lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, Object> reply = JSON.std.mapFrom(line);
                if (reply.containsKey("result")) {
                    return members(reply.get("result"));
                }
                if (reply.containsKey("error")) {
                    throw GateException.of(members(reply.get("error")));
                }
                items.accept(members(reply.get("item")));
            }
            throw new GateException(GateException.FAILED, "the gate ended before it answered");
        } catch (AsynchronousCloseException e) {
            throw new GateException(GateException.INTERRUPTED, "interrupted");
        } catch (IOException e) {
            throw new GateException(GateException.FAILED, socket + ": the gate does not answer: " + e.getMessage());
        }
    }

    /** Ends the request of this process that waits for its answer, if there is one. From any thread. */
    public static void interrupt() {
        SocketChannel channel = asking;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // It is closed by its user too.
                return;
            }
        }
    }

    private SocketChannel connect() throws IOException, GateException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw noGate(e);
        }
    }

    private GateException noGate(IOException e) {
        if (e instanceof AccessDeniedException || (Files.exists(socket) && !Files.isWritable(socket))) {
            return new GateException(
                    GateException.NO_GATE,
                    socket + ": permission denied; only root and the gate's user may control it");
        }
        return new GateException(
                GateException.NO_GATE,
                socket + ": no gate runs here; \"bpfgate serve\" starts one, and --root DIR names another place");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IOException("a line of it is no answer");
    }
}
