package org.bpfgate.serve.internal.systemd;

import java.io.IOException;
import java.time.Duration;

/**
 * The descriptor store of the service manager (sd_pid_notify_with_fds(3)): what is in it survives this process, and the next one of the
 * service is started with it. Without systemd nothing is kept. Safe for use by several threads.
 */
public final class DescriptorStore {
    /** The socket of systemd has room for some hundred messages ({@code net.unix.max_dgram_qlen}), and systemd empties it. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final SystemdNotifier systemd;

    /** A store that is reached by a notifier. */
    public DescriptorStore(SystemdNotifier systemd) {
        this.systemd = systemd;
    }

    /**
     * Puts a descriptor into the store.
     *
     * @param name as in {@code FDNAME}: no colon, no control character, at most 255 bytes
     * @throws IOException when systemd does not receive it
     */
    public void keep(String name, int descriptor) throws IOException {
        send("FDSTORE=1\nFDNAME=" + name, descriptor);
    }

    /**
     * Takes the descriptors of a name out of the store.
     *
     * @throws IOException when systemd does not receive that
     */
    public void remove(String name) throws IOException {
        send("FDSTOREREMOVE=1\nFDNAME=" + name);
    }

    private void send(String lines, int... descriptors) throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                systemd.send(lines, descriptors);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(IOException e) throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }
}
