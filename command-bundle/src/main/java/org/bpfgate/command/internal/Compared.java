package org.bpfgate.command.internal;

import java.util.Optional;

/**
 * A decision beside what a policy test expects of it.
 *
 * @param decided the decision
 * @param expected what {@code expected} says of the program; empty when it does not name it
 */
record Compared(Decided decided, Optional<Expectation> expected) {
    /** Whether the decision and all verdicts are as expected; a program that is not named never is. */
    boolean asExpected() {
        return expected.isPresent() && expected.get().isMetBy(decided);
    }
}
