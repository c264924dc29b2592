package org.bpfgate.serve.internal.restart;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.mediation.AttachedListener;

/**
 * What is known of one listener when the gate that had it has ended.
 *
 * @param listener its description
 * @param started when its process was started, in clock ticks after the start of the machine ({@link HostProcess#started}); 0 when that is
 *     not known
 * @param lost since when it is known that no gate has its descriptor; empty while one has
 */
record ListenerEntry(AttachedListener listener, long started, Optional<Instant> lost) {
    /** What people recognise; the rest of a long command line is left out. */
    private static final int MOST_CHARACTERS = 1000;

    /** Shortens the command and refuses nulls. */
    ListenerEntry {
        Objects.requireNonNull(lost);
        List<String> command = shortened(listener.command());
        if (!command.equals(listener.command())) {
            listener = new AttachedListener(
                    listener.number(),
                    listener.pid(),
                    listener.uid(),
                    listener.gid(),
                    command,
                    listener.unit(),
                    listener.since(),
                    listener.calls());
        }
    }

    private static List<String> shortened(List<String> words) {
        String line = String.join(" ", words);
        return line.length() <= MOST_CHARACTERS
                ? words
                : List.of(line.substring(0, MOST_CHARACTERS).replaceAll("[\ud800-\udbff]$", "") + "…");
    }

    /** Returns whether the process that handed it over still runs. */
    boolean isAlive() {
        return started != 0 && HostProcess.started(listener.pid()) == started;
    }

    /** Returns whether another listener was handed over by the same process. */
    boolean hasProcessOf(ListenerEntry other) {
        return listener.pid() == other.listener.pid() && started == other.started;
    }

    ListenerEntry lostSince(Instant time) {
        return new ListenerEntry(listener, started, Optional.of(time));
    }
}
