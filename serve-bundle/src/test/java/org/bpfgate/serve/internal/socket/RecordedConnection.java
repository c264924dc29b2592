package org.bpfgate.serve.internal.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.control.LocalConnection;
import org.jspecify.annotations.Nullable;

/** A connection whose other end is the test. */
final class RecordedConnection implements LocalConnection {
    private final PipedInputStream in = new PipedInputStream(1 << 16);
    private final PipedOutputStream client;
    private final PipedInputStream answers = new PipedInputStream(1 << 16);
    private final PipedOutputStream out;
    private final JsonLines lines = new JsonLines(answers);

    RecordedConnection() {
        try {
            client = new PipedOutputStream(in);
            out = new PipedOutputStream(answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String line) throws IOException {
        client.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        client.flush();
    }

    void endInput() throws IOException {
        client.close();
    }

    /** Waits for the next line of an answer; null at the end. */
    @Nullable
    Map<String, Object> answer() throws Exception {
        return lines.next();
    }

    @Override
    public ControlPeer peer() {
        return new ControlPeer(42, 0, 0);
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                out.flush();
            }
        };
    }

    @Override
    public void limit(Duration longest) {
        // A test has its own limit.
    }

    @Override
    public void send(byte[] bytes, int fd) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalInt takeDescriptor() {
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        try {
            client.close();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
