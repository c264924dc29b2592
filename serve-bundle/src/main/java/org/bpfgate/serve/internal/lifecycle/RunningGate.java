package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.mediation.ListenerHost;
import org.bpfgate.mediation.ReleasedListener;
import org.bpfgate.serve.internal.restart.Predecessor;
import org.bpfgate.serve.internal.restart.TakeOver;
import org.bpfgate.serve.internal.socket.ControlServer;
import org.bpfgate.serve.internal.systemd.SystemdNotifier;
import org.jspecify.annotations.Nullable;

/**
 * The gate from its start to its end: takes the state directory, opens the control socket, tells when it is ready, looks after its
 * surroundings, and ends in order. Its modules and settings come from other bundles; it only waits for them. A gate that takes over gets
 * its modules first, while the other one mediates, and then the listeners; one that is taken over goes on when the other one fails.
 */
public final class RunningGate {
    private static final Logger LOG = System.getLogger("org.bpfgate.serve");

    /** How long the gate before this one may take to end: as long as its waiting requests may take, and some more. */
    private static final Duration OTHER_ENDS = Duration.ofSeconds(10);

    /** How often settings that are directories are looked at, and health is told. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** How long the modules of a gate that takes over may take. Nobody waits meanwhile. */
    private static final Duration MODULES = Duration.ofSeconds(50);

    /** How long the gate that is taken over waits for that: longer, so that the other one tells why. */
    private static final Duration OTHER_PREPARES = Duration.ofSeconds(60);

    /** How long it waits without its listeners, while all clients wait: thousands are attached in that time. */
    private static final Duration OTHER_ATTACHES = Duration.ofSeconds(20);

    /** The number of SIGHUP. */
    private static final int HANGUP = 1;

    private final Directories directories;
    private final Parts parts;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Instant begun = Instant.now();
    private volatile boolean isReady;

    /** The process that has the listeners, in a take-over; 0 for none. */
    private volatile int successor;

    /** The rest is for the thread of the gate. */
    private @Nullable StateLock lock;

    private @Nullable ControlServer control;
    private @Nullable ListenerHost listeners;
    private boolean isTaken;

    /** What woke the gate up. */
    private sealed interface Event {
        /** It is to end. */
        record End() implements Event {}

        /** It is to read its settings again. */
        record Reload() implements Event {}

        /** Another gate takes over. */
        record Other(TakeOver attempt) implements Event {}
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
        ListenerHost openListeners(Path socket) throws IOException;

        /**
         * Attaches the listeners of a gate before this one: these, and those that systemd kept at the first call.
         *
         * @param given their descriptors belong to the host from now on
         */
        void attach(ListenerHost host, List<ReleasedListener> given);

        /** Asks the gate that runs to be taken over. */
        Predecessor predecessor(Path control) throws ControlException;

        /** Waits until the change that is being made has its record. */
        void awaitChange() throws InterruptedException;

        /** Returns who tells systemd. */
        SystemdNotifier systemd();
    }

    public RunningGate(Directories directories, Parts parts) {
        this.directories = directories;
        this.parts = parts;
    }

    /**
     * Serves until the end.
     *
     * @param takesOver whether a gate that runs is taken over
     * @throws ControlException when it cannot begin; the message is one line for people
     */
    public void run(boolean takesOver) throws ControlException, InterruptedException {
        try {
            directories.make();
            if (takesOver) {
                try (Predecessor predecessor = parts.predecessor(directories.control())) {
                    serve(predecessor);
                }
            } else {
                lock = StateLock.take(directories.state(), OTHER_ENDS);
                if (lock == null) {
                    throw new ControlException(
                            Kind.FAILED,
                            directories.state()
                                    + ": another gate runs on this directory; \"bpfgate status\" tells of it, and"
                                    + " \"bpfgate serve --take-over\" takes its place");
                }
                serve(null);
            }
        } catch (IOException e) {
            throw new ControlException(Kind.FAILED, String.valueOf(e.getMessage()));
        } finally {
            close(lock);
        }
    }

    /**
     * Lets another gate take over, on the gate's own thread.
     *
     * @param attempt is told how it goes on
     */
    public void give(TakeOver attempt) {
        events.add(new Event.Other(attempt));
    }

    private void serve(@Nullable Predecessor predecessor) throws IOException, ControlException, InterruptedException {
        Signals.handle("TERM", () -> events.add(new Event.End()));
        Signals.handle("INT", () -> events.add(new Event.End()));
        Signals.handle("HUP", () -> events.add(new Event.Reload()));
        if (Signals.isIgnored(HANGUP)) {
            LOG.log(
                    Level.WARNING,
                    "this process ignores SIGHUP, as nohup leaves it, so that the signal does not make it read its settings"
                            + " again; start it by setsid(1) instead");
        }
        SystemdNotifier systemd = parts.systemd();
        parts.begin();
        try {
            if (predecessor == null) {
                openControl();
            } else {
                takeOver(predecessor);
            }
            mediate(systemd);
        } finally {
            isReady = false;
            end(systemd);
        }
    }

    private void openControl() throws IOException {
        int owner = (Integer) Files.getAttribute(directories.state(), "unix:uid");
        ControlServer before = control;
        control = parts.openControl(directories.control(), owner);
        close(before);
    }

    private void end(SystemdNotifier systemd) throws InterruptedException {
        systemd.tell("STOPPING=1");
        if (isTaken) {
            parts.awaitChange();
        } else if (listeners != null && (systemd.isThere() || (lock != null && !lock.isComplete()))) {
            // Somebody else has the descriptors too, and goes on with the requests that were not received.
            listeners.release();
        }
        close(listeners);
        close(control);
    }

    /** The modules come first, and the other gate mediates until they are there. */
    private void takeOver(Predecessor predecessor) throws IOException, ControlException, InterruptedException {
        awaitModules();
        int count = predecessor.release();
        lock = StateLock.takeLent(directories.state(), OTHER_ENDS);
        if (lock == null) {
            throw new ControlException(Kind.FAILED, directories.state() + ": the gate that runs keeps its lock");
        }
        ListenerHost host = parts.openListeners(directories.listeners());
        listeners = host;
        parts.attach(host, predecessor.listeners(count));
        openControl();
        isReady = true;
        if (!predecessor.ready() && !lock.complete(OTHER_ENDS)) {
            throw new ControlException(Kind.FAILED, "the gate that was to be taken over goes on");
        }
        tellReady();
    }

    private void awaitModules() throws ControlException, InterruptedException {
        long end = System.nanoTime() + MODULES.toNanos();
        for (List<String> missing = parts.missing(); !missing.isEmpty(); missing = parts.missing()) {
            if (System.nanoTime() - end >= 0) {
                throw new ControlException(
                        Kind.FAILED,
                        "this gate is not ready after " + MODULES.toSeconds() + " s, so the one that runs goes on: "
                                + String.join("; ", missing));
            }
            if (events.poll(20, TimeUnit.MILLISECONDS) instanceof Event.End) {
                throw new ControlException(Kind.FAILED, "ended by a signal, so the gate that runs goes on");
            }
        }
    }

    private void tellReady() {
        LOG.log(
                Level.INFO,
                "ready {0} ms after the start",
                Duration.between(begun, Instant.now()).toMillis());
    }

    private void mediate(SystemdNotifier systemd) throws IOException, InterruptedException {
        boolean isTold = false;
        while (!isTaken) {
            parts.look();
            List<String> missing = parts.missing();
            if (listeners == null && missing.isEmpty()) {
                ListenerHost host = parts.openListeners(directories.listeners());
                listeners = host;
                parts.attach(host, List.of());
                isReady = true;
                tellReady();
            }
            if (listeners != null && !isTold) {
                isTold = true;
                systemd.tell("READY=1\nMAINPID=" + ProcessHandle.current().pid());
            }
            completeLock();
            systemd.tell("WATCHDOG=1\nSTATUS=" + (missing.isEmpty() ? "ready" : String.join("; ", missing)));
            Event event = events.poll(missing.isEmpty() ? LOOK_EVERY.toMillis() : 20, TimeUnit.MILLISECONDS);
            if (event instanceof Event.End) {
                return;
            }
            if (event instanceof Event.Reload) {
                systemd.tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
                parts.reload();
                systemd.tell("READY=1");
            }
            if (event instanceof Event.Other other) {
                handOver(other.attempt(), requireLock());
            }
        }
    }

    private StateLock requireLock() {
        return Objects.requireNonNull(lock);
    }

    private void completeLock() throws IOException, InterruptedException {
        if (!requireLock().isComplete()) {
            requireLock().complete(Duration.ZERO);
        }
    }

    /** Until another gate has taken over, or has failed to, this gate does nothing else. */
    private void handOver(TakeOver attempt, StateLock held) throws IOException, InterruptedException {
        Optional<ProcessHandle> other = ProcessHandle.of(attempt.peer().pid());
        LOG.log(Level.INFO, "process {0} is about to take over", attempt.peer().pid());
        attempt.isPrepared();
        if (attempt.await(OTHER_PREPARES) == TakeOver.Step.RELEASE) {
            isReady = false;
            successor = attempt.peer().pid();
            List<ReleasedListener> released = listeners == null ? List.of() : listeners.release();
            held.lend();
            attempt.hasReleased(released);
            isTaken = attempt.await(OTHER_ATTACHES) == TakeOver.Step.READY;
            attempt.hasEnded(isTaken);
            if (!isTaken) {
                takeBack(held, other);
                goOn(released);
                successor = 0;
            }
        }
        attempt.hasEnded(isTaken);
        LOG.log(
                Level.INFO,
                isTaken ? "process {0} has taken over" : "process {0} has not taken over, and this gate goes on",
                attempt.peer().pid());
    }

    /** The other gate knows that it has failed. One that does not end is stuck, and clients wait. */
    private static void takeBack(StateLock held, Optional<ProcessHandle> other)
            throws IOException, InterruptedException {
        if (held.takeBack(OTHER_ENDS)) {
            return;
        }
        other.ifPresent(process -> {
            LOG.log(
                    Level.WARNING,
                    "process {0} did not take over in time and does not end: it is killed",
                    process.pid());
            process.destroyForcibly();
        });
        if (!held.takeBack(OTHER_ENDS)) {
            throw new IOException("another gate keeps the state directory, so this one ends");
        }
    }

    private void goOn(List<ReleasedListener> released) throws IOException {
        ListenerHost before = listeners;
        if (before != null) {
            ListenerHost host = parts.openListeners(directories.listeners());
            listeners = host;
            parts.attach(host, released);
            before.close();
            isReady = true;
        }
        // The other gate may have put its own in the place of this one's.
        openControl();
    }

    private static void close(@Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            LOG.log(Level.WARNING, "the gate did not end in order", e);
        }
    }

    /** Returns why no listener is mediated here at this moment, one line for people; none in general. */
    public List<String> problems() {
        int other = successor;
        return other == 0 ? List.of() : List.of("process " + other + " is taking the listeners over");
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
