package org.bpfgate.kernel.internal.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.control.LocalConnection;
import org.bpfgate.kernel.internal.host.HandOverMessage.Greeting;
import org.bpfgate.kernel.internal.host.HandOverMessage.Offer;
import org.bpfgate.kernel.internal.host.HandOverMessage.Refused;
import org.bpfgate.kernel.internal.host.HandOverMessage.Taken;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a hand-over. Whatever the peer sends is a message or one {@link ProtocolException}. For one thread. */
public final class HandOverReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int PIECE = 4096;

    private @Nullable Long version;
    private @Nullable Long known;
    private @Nullable Long number;
    private @Nullable Boolean taken;
    private @Nullable Boolean busy;
    private @Nullable String error;
    private @Nullable List<Integer> notified;
    private @Nullable List<String> command;

    private HandOverReader() {}

    /**
     * Reads one line and what it says. The peer sends nothing behind it, as it waits for an answer.
     *
     * @param longest for the whole line
     * @throws ProtocolException when the line is too long, or no message of this version; the message says why
     * @throws EOFException when the peer has closed the connection before its end
     * @throws SocketTimeoutException when it does not come in time
     */
    public static HandOverMessage read(LocalConnection connection, Duration longest) throws IOException {
        return parse(line(connection, longest));
    }

    private static byte[] line(LocalConnection connection, Duration longest) throws IOException {
        long start = System.nanoTime();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        while (line.size() <= HandOverMessage.MOST_BYTES) {
            Duration left = longest.minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                throw new SocketTimeoutException("no whole line came in " + longest.toMillis() + " ms");
            }
            connection.limit(left);
            int length = connection.in().read(piece);
            if (length < 0) {
                throw new EOFException("the connection ended before the end of a line");
            }
            line.write(piece, 0, length);
            if (piece[length - 1] == '\n') {
                return line.toByteArray();
            }
        }
        throw new ProtocolException("a line has more than " + HandOverMessage.MOST_BYTES + " bytes");
    }

    /**
     * Reads what a line says.
     *
     * @throws ProtocolException when it is no message of this version
     */
    static HandOverMessage parse(byte[] line) throws ProtocolException {
        try (JsonParser parser = JSON.createParser(line)) {
            HandOverReader reader = new HandOverReader();
            reader.members(parser);
            return reader.message().orElseThrow(() -> new ProtocolException("the line is no message of a hand-over"));
        } catch (JsonProcessingException e) {
            throw new ProtocolException("the line is no JSON object: " + e.getOriginalMessage());
        } catch (ProtocolException e) {
            throw e;
        } catch (IOException e) {
            throw new ProtocolException("the line cannot be read: " + e.getMessage());
        }
    }

    private void members(JsonParser parser) throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "the line is no JSON object");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "version" -> version = whole(parser);
                case "known" -> known = whole(parser);
                case "number" -> number = whole(parser);
                case "taken" -> taken = flag(parser);
                case "busy" -> busy = flag(parser);
                case "error" -> error = text(parser);
                case "notify" -> notified = list(parser, HandOverReader::commandNumber);
                case "command" -> command = list(parser, HandOverReader::text);
                default -> parser.skipChildren();
            }
        }
        require(parser.currentToken() == JsonToken.END_OBJECT, "the line ends in the middle of an object");
        require(parser.nextToken() == null, "there is more than one object in the line");
    }

    /** Another version is named first, as it may have other members. */
    private Optional<HandOverMessage> message() throws ProtocolException {
        require(
                version != null && version == HandOverMessage.VERSION,
                "the other side speaks version " + version + " of the protocol, this one version "
                        + HandOverMessage.VERSION);
        if (error != null) {
            return Optional.of(new Refused(error, busy != null && busy));
        }
        if (known != null && notified != null) {
            return Optional.of(new Greeting(intOf(known), notified));
        }
        if (command != null) {
            return Optional.of(new Offer(command));
        }
        return taken != null && taken && number != null ? Optional.of(new Taken(intOf(number))) : Optional.empty();
    }

    /** Reads one value. */
    private interface Value<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> List<T> list(JsonParser parser, Value<T> value) throws IOException {
        require(parser.currentToken() == JsonToken.START_ARRAY, "a list is missing");
        List<T> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value.read(parser));
        }
        return values;
    }

    private static String text(JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, "a text is missing");
        // Half a surrogate pair, which JSON can escape, becomes a question mark: whoever prints it may refuse it
        // otherwise.
        return new String(parser.getText().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Boolean flag(JsonParser parser) throws IOException {
        require(parser.currentToken() != null && parser.currentToken().isBoolean(), "true or false is missing");
        return parser.getBooleanValue();
    }

    private static Long whole(JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a whole number is missing");
        return parser.getLongValue();
    }

    private static Integer commandNumber(JsonParser parser) throws IOException {
        return intOf(whole(parser));
    }

    private static int intOf(long value) throws ProtocolException {
        require(value >= 0 && value <= Integer.MAX_VALUE, "a number is out of range");
        return (int) value;
    }

    private static void require(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException(otherwise);
        }
    }
}
