package org.bpfgate.control;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** A listening local socket. Safe for use by several threads. */
@ProviderType
public interface LocalServer extends AutoCloseable {
    /**
     * Waits for a client.
     *
     * @return the connection, whose owner closes it
     * @throws IOException when this is closed, meanwhile too, or when the kernel refuses
     */
    LocalConnection accept() throws IOException;

    /** Ends all waits, and removes the socket file unless another one has taken its place. Idempotent. */
    @Override
    void close();
}
