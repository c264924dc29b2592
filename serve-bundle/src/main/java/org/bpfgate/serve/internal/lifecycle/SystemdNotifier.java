package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.bpfgate.control.LocalSockets;
import org.jspecify.annotations.Nullable;

/** Tells systemd what becomes of the service (sd_notify(3)); without systemd it tells nobody. For one thread. */
public final class SystemdNotifier {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    private final LocalSockets sockets;
    private final @Nullable String address;
    private boolean hasFailed;

    /**
     * Tells a socket.
     *
     * @param address the value of {@code NOTIFY_SOCKET}; null tells nobody
     */
    public SystemdNotifier(LocalSockets sockets, @Nullable String address) {
        this.sockets = sockets;
        this.address = address;
    }

    /**
     * Sends assignments.
     *
     * @param lines such as {@code READY=1}, with line feeds between
     * @param descriptors to be kept, with {@code FDSTORE=1}
     */
    void tell(String lines, int... descriptors) {
        if (address == null) {
            return;
        }
        try {
            sockets.datagram(address, lines.getBytes(StandardCharsets.UTF_8), descriptors);
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                LOG.log(Level.WARNING, "systemd was not told: " + e.getMessage());
            }
            hasFailed = true;
        }
    }
}
