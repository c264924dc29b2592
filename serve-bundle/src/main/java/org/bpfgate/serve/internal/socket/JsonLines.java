package org.bpfgate.serve.internal.socket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON objects (RFC 8259), one a line, in UTF-8. Each instance reads one stream, for one thread. */
public final class JsonLines {
    /** The longest line of a request in bytes: a list of paths, with room to spare. */
    static final int LONGEST = 64 * 1024;

    private static final JSON PARSER = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);
    private static final JSON WRITER = JSON.std.without(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final InputStream in;
    private final byte[] read = new byte[8192];
    private int from;
    private int to;

    /** Reads a stream. */
    public JsonLines(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next line.
     *
     * @return the object without its line feed; null at the end of the stream
     * @throws LineException when the line is too long, ends without a line feed, or is no JSON object
     */
    public @Nullable Map<String, Object> next() throws IOException, LineException {
        byte[] line = line();
        return line == null ? null : parse(line);
    }

    private byte @Nullable [] line() throws IOException, LineException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (true) {
            if (from == to && !fill()) {
                if (line.size() > 0) {
                    throw new LineException("a request ends with a line feed");
                }
                return null;
            }
            int end = from;
            while (end < to && read[end] != '\n') {
                end++;
            }
            if (line.size() + end - from > LONGEST) {
                throw new LineException("a request has at most " + LONGEST + " bytes");
            }
            line.write(read, from, end - from);
            boolean isWhole = end < to;
            from = isWhole ? end + 1 : end;
            if (isWhole) {
                return line.toByteArray();
            }
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(in.read(read), 0);
        return to > 0;
    }

    /** Parses one object, and nothing behind it. */
    static Map<String, Object> parse(byte[] line) throws LineException {
        try (JsonParser parser = PARSER.createParser(line)) {
            if (PARSER.anyFrom(parser) instanceof Map<?, ?> object && parser.nextToken() == null) {
                @SuppressWarnings("unchecked")
                Map<String, Object> members = (Map<String, Object>) object;
                return members;
            }
        } catch (IOException | RuntimeException e) {
            throw new LineException("a request is one JSON object in a line: " + firstLine(e));
        }
        throw new LineException("a request is one JSON object in a line");
    }

    /** The parser's message has its place, and further lines about its source. */
    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** Returns an object as a line with its line feed. */
    public static byte[] line(Map<String, ?> members) {
        try {
            return (WRITER.asString(members) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON: " + members, e);
        }
    }

    /** What is wrong with a line, for the client. */
    public static final class LineException extends Exception {
        private static final long serialVersionUID = 1;

        LineException(String message) {
            super(message);
        }
    }
}
