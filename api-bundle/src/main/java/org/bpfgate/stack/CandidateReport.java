package org.bpfgate.stack;

import java.time.Instant;
import java.util.List;

/**
 * What a candidate has come to. The numbers are of one moment: {@code seen} is {@code alike + newlyAllowed + newlyDenied + failed +
 * skipped + waiting}.
 *
 * @param begun when it was started
 * @param ended why it has ended; empty while it runs
 * @param seen loads that the live stack decided on
 * @param alike of these, those that both allow or both deny
 * @param deniedByBoth of these, those that both deny
 * @param newlyAllowed those that the live stack denied and the candidate allows
 * @param newlyDenied those that the live stack allowed and the candidate denies
 * @param failed those that a module of the candidate failed to decide on: it threw, or gave no valid answer
 * @param skipped those that were not compared: the queue was full, or a module asked what was not kept of the client
 * @param waiting those that are still to be compared
 * @param slower compared ones for which it took more than twice the time of the live stack, and at least 100 µs more
 * @param types the types of the compared programs, in the order of their names
 * @param examples the first ones of each kind
 */
public record CandidateReport(
        Instant begun,
        String ended,
        long seen,
        long alike,
        long deniedByBoth,
        long newlyAllowed,
        long newlyDenied,
        long failed,
        long skipped,
        long waiting,
        long slower,
        List<String> types,
        List<Example> examples) {
    /** Copies the lists. */
    public CandidateReport {
        types = List.copyOf(types);
        examples = List.copyOf(examples);
    }

    /** Returns how many loads both stacks have decided on. */
    public long compared() {
        return alike + newlyAllowed + newlyDenied;
    }

    /** In what a load differs. */
    public enum Kind {
        NEWLY_ALLOWED,
        NEWLY_DENIED,
        FAILED,
        SLOWER
    }

    /**
     * A load that the two stacks do not treat alike.
     *
     * @param kind in what they differ
     * @param time when the live stack decided
     * @param program its name; empty when it has none
     * @param type the type of the program
     * @param digest its digest, as {@code sha256:} and 64 hexadecimal digits; empty when it cannot be known
     * @param client name and number of the process that asked; empty when that is not known
     * @param live the live stack's reason, or that it allows
     * @param candidate the candidate's reason, or that it allows
     * @param liveMicros how long the live stack took
     * @param candidateMicros how long the candidate took
     */
    public record Example(
            Kind kind,
            Instant time,
            String program,
            String type,
            String digest,
            String client,
            String live,
            String candidate,
            long liveMicros,
            long candidateMicros) {}
}
