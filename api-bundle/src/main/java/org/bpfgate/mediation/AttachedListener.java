package org.bpfgate.mediation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A filter whose calls a {@link ListenerHost} mediates, and the process that handed it over: what the kernel said of the process then.
 *
 * @param number by which people tell it from the others of this host; not given again while the host lives
 * @param pid the process, in the gate's pid namespace; 0 when it cannot be seen from there
 * @param uid its effective user
 * @param gid its effective group
 * @param command the command that it said it would become
 * @param unit its systemd unit; empty when it has none, or could not be looked at
 * @param since when it was handed over
 * @param calls how many calls of bpf(2) were answered since
 */
public record AttachedListener(
        int number, int pid, int uid, int gid, List<String> command, Optional<String> unit, Instant since, long calls) {
    /** Copies the command and refuses nulls. */
    public AttachedListener {
        command = List.copyOf(command);
        Objects.requireNonNull(unit);
        Objects.requireNonNull(since);
    }

    /** Returns the same with another number. */
    public AttachedListener numbered(int other) {
        return new AttachedListener(other, pid, uid, gid, command, unit, since, calls);
    }
}
