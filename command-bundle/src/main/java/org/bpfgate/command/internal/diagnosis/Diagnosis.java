package org.bpfgate.command.internal.diagnosis;

import java.util.List;

/**
 * Why one call failed.
 *
 * @param cause the kind
 * @param explanation one sentence
 * @param remedy what to do, one line; empty when nothing is to be done
 * @param log the last lines of the verifier's log that show it; none where there is no log
 */
public record Diagnosis(Cause cause, String explanation, String remedy, List<String> log) {
    /** Copies the list. */
    public Diagnosis {
        log = List.copyOf(log);
    }

    public static Diagnosis of(Cause cause, String explanation, String remedy) {
        return new Diagnosis(cause, explanation, remedy, List.of());
    }

    Diagnosis withLog(List<String> lines) {
        return new Diagnosis(cause, explanation, remedy, lines);
    }
}
