package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.Daemon;
import org.bpfgate.serve.internal.socket.ControlServer;
import org.jspecify.annotations.Nullable;

/**
 * The gate from its start to its end: takes the state directory, opens the control socket, tells when it is ready, looks after its
 * surroundings, and ends in order. Its modules and settings come from other bundles; it only waits for them.
 */
public final class RunningGate implements Daemon {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** How long the gate before this one may take to end: as long as its waiting requests may take, and some more. */
    private static final Duration OTHER_ENDS = Duration.ofSeconds(10);

    /** How often settings that are directories are looked at, and health is told. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Directories directories;
    private final Parts parts;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Instant begun = Instant.now();
    private volatile boolean isReady;

    /** What woke the gate up. */
    private enum Event {
        END,
        RELOAD
    }

    /** What the gate is made of, to be begun and ended with it. */
    public interface Parts {
        /** Offers the verbs, and gives the modules their settings. Called once, before the rest. */
        void begin() throws IOException;

        /** Opens the control socket. */
        ControlServer openControl(Path socket, int owner) throws IOException;

        /** Does what is due: settings that follow directories, module files. Called every second, on one thread. */
        void look();

        /** Reads all settings and what they name again. */
        void reload();

        /** Returns what keeps the gate from being ready, one line each. */
        List<String> missing();

        /** Takes listeners from now on. */
        AutoCloseable openListeners(Path socket) throws IOException;

        /** Returns who tells systemd. */
        SystemdNotifier systemd();
    }

    public RunningGate(Directories directories, Parts parts) {
        this.directories = directories;
        this.parts = parts;
    }

    @Override
    public void run() throws ControlException, InterruptedException {
        try {
            directories.make();
            StateLock lock = StateLock.take(directories.state(), OTHER_ENDS);
            if (lock == null) {
                throw new ControlException(
                        Kind.FAILED,
                        directories.state() + ": another gate runs on this directory; \"bpfgate status\" tells of it");
            }
            try (lock) {
                serve();
            }
        } catch (IOException e) {
            throw new ControlException(Kind.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private void serve() throws IOException, InterruptedException {
        Signals.handle("TERM", () -> events.add(Event.END));
        Signals.handle("INT", () -> events.add(Event.END));
        Signals.handle("HUP", () -> events.add(Event.RELOAD));
        SystemdNotifier systemd = parts.systemd();
        parts.begin();
        int owner = (Integer) Files.getAttribute(directories.state(), "unix:uid");
        ControlServer control = parts.openControl(directories.control(), owner);
        try {
            mediate(systemd);
        } finally {
            systemd.tell("STOPPING=1");
            control.close();
        }
    }

    private void mediate(SystemdNotifier systemd) throws IOException, InterruptedException {
        AutoCloseable listeners = null;
        try {
            while (true) {
                parts.look();
                List<String> missing = parts.missing();
                if (listeners == null && missing.isEmpty()) {
                    listeners = parts.openListeners(directories.listeners());
                    isReady = true;
                    systemd.tell("READY=1\nMAINPID=" + ProcessHandle.current().pid());
                    LOG.log(
                            Level.INFO,
                            "ready {0} ms after the start",
                            Duration.between(begun, Instant.now()).toMillis());
                }
                systemd.tell("WATCHDOG=1\nSTATUS=" + (missing.isEmpty() ? "ready" : String.join("; ", missing)));
                Event event = events.poll(missing.isEmpty() ? LOOK_EVERY.toMillis() : 20, TimeUnit.MILLISECONDS);
                if (event == Event.END) {
                    return;
                }
                if (event == Event.RELOAD) {
                    systemd.tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
                    parts.reload();
                    systemd.tell("READY=1");
                }
            }
        } finally {
            isReady = false;
            close(listeners);
        }
    }

    private static void close(@Nullable AutoCloseable listeners) {
        try {
            if (listeners != null) {
                listeners.close();
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the listeners were not closed in order", e);
        }
    }

    /** Returns when the gate began. */
    public Instant begun() {
        return begun;
    }

    /** Returns whether listeners are taken. */
    public boolean isReady() {
        return isReady;
    }
}
