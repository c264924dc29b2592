package org.bpfgate.serve.internal.systemd;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.bpfgate.control.LocalSockets;
import org.jspecify.annotations.Nullable;

/** Tells systemd what becomes of the service (sd_notify(3)); without systemd it tells nobody. Safe for use by several threads. */
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

    /** Returns whether somebody is told. */
    public boolean isThere() {
        return address != null;
    }

    /** Sends assignments, such as {@code READY=1}, with line feeds between. Who does not receive them is logged. */
    public synchronized void tell(String lines) {
        try {
            send(lines);
            hasFailed = false;
        } catch (IOException e) {
            if (!hasFailed) {
                LOG.log(Level.WARNING, "systemd was not told: " + e.getMessage());
            }
            hasFailed = true;
        }
    }

    /**
     * Sends assignments.
     *
     * @param descriptors to be kept, with {@code FDSTORE=1}
     * @throws IOException when they are not received, such as when the socket has no room
     */
    void send(String lines, int... descriptors) throws IOException {
        if (address != null) {
            sockets.datagram(address, lines.getBytes(StandardCharsets.UTF_8), descriptors);
        }
    }
}
