package org.bpfgate.control;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Local (Unix domain) stream sockets with the credentials of the peer, and with file descriptors as ancillary data, neither of which the
 * JDK has. The bundle that talks to the kernel registers one such service. Safe for use by several threads.
 */
@ProviderType
public interface LocalSockets {
    /**
     * Listens on a socket file. It is made under a name of its own beside the path with the permissions that are given, and renamed
     * to the path when it listens; so a file that is there is replaced in one step, and nobody can connect before the permissions hold.
     *
     * @param path at most 100 bytes long, as the address has room for 108 with the other name
     * @param permissions of chmod(2), such as {@code 0600}
     * @throws IOException with the path and what to do
     */
    LocalServer listen(Path path, int permissions) throws IOException;

    /**
     * Connects to a socket file.
     *
     * @throws IOException with the path; a {@link java.net.ConnectException} when nobody listens there
     */
    LocalConnection connect(Path path) throws IOException;

    /**
     * Sends one datagram, as systemd takes them at {@code NOTIFY_SOCKET}. Does not wait: a receiver without room is an error.
     *
     * @param address an absolute path, or an abstract address with {@code @} in place of its first byte
     * @param bytes the datagram
     * @param descriptors ours, to go along; they stay open
     * @throws IOException with the address, when nobody receives there
     */
    void datagram(String address, byte[] bytes, int... descriptors) throws IOException;
}
