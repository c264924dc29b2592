package org.bpfgate.integrity.hash.internal.list;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The time in which a list counts, both ends included. Whole seconds, as a compiled list keeps them.
 *
 * @param from the first second
 * @param until the last second
 */
public record Validity(Instant from, Instant until) {
    /** What a list has that says nothing: from 1970 to the end of the last year that RFC 3339 can write. */
    public static final Validity ALWAYS = new Validity(Instant.EPOCH, Instant.ofEpochSecond(253_402_300_799L));

    /** Cuts fractions of seconds off; refuses nulls. */
    public Validity {
        from = Objects.requireNonNull(from).truncatedTo(ChronoUnit.SECONDS);
        until = Objects.requireNonNull(until).truncatedTo(ChronoUnit.SECONDS);
    }

    boolean contains(Instant now) {
        return !now.isBefore(from) && !now.truncatedTo(ChronoUnit.SECONDS).isAfter(until);
    }

    /** Returns whether the list says from when on it counts. */
    boolean hasBeginning() {
        return from.isAfter(ALWAYS.from);
    }

    /** Returns whether the list says until when it counts. */
    boolean hasEnd() {
        return until.isBefore(ALWAYS.until);
    }

    /** Returns whether no second is left. */
    public boolean isEmpty() {
        return until.isBefore(from);
    }

    /** Returns the time in which both count; it may be empty. */
    public Validity and(Validity other) {
        return new Validity(
                from.isAfter(other.from) ? from : other.from, until.isBefore(other.until) ? until : other.until);
    }

    /** Returns why the list does not count at a time that is outside. */
    String outside(Instant now) {
        return now.isBefore(from) ? "is valid only from " + from : "was valid only until " + until;
    }
}
