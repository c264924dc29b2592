package org.bpfgate.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/** A connected local socket. One thread may read while another one writes; {@link #close} may come from any. */
@ProviderType
public interface LocalConnection extends AutoCloseable {
    /** Returns who is at the other end. */
    ControlPeer peer();

    /** Returns what the peer sends. A read waits; it fails when this is closed or its time is over. Not buffered. */
    InputStream in();

    /** Returns where to send. A write waits until there is room; it fails when the peer is gone or its time is over. Not buffered. */
    OutputStream out();

    /**
     * Limits each later read and write.
     *
     * @param longest after which it fails with {@link java.net.SocketTimeoutException}; zero for no limit
     */
    void limit(Duration longest) throws IOException;

    /**
     * Sends bytes together with a file descriptor ({@code SCM_RIGHTS}).
     *
     * @param bytes at least one
     * @param fd ours; it stays open
     */
    void send(byte[] bytes, int fd) throws IOException;

    /**
     * Returns the oldest descriptor that came with what was read so far, and was not returned before. Whoever takes it closes it; those
     * that nobody takes are closed with this. Each is close-on-exec.
     */
    OptionalInt takeDescriptor();

    /** Closes both directions. Reads and writes of other threads fail. Idempotent. */
    @Override
    void close();
}
