package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A decision beside what a policy test expects of it.
 *
 * @param directory of the test
 * @param decided the decision
 * @param expected what {@code expected} says of the program; empty when it does not name it
 */
record Compared(Path directory, Decided decided, Optional<Expectation> expected) {
    /** What the file expects, in its words. */
    String wanted() {
        return expected.map(Expectation::outcome).orElse("the expected file does not name this program");
    }

    /** Whether the decision and all verdicts are as expected; a program that is not named never is. */
    boolean asExpected() {
        return expected.isPresent() && expected.get().isMetBy(decided);
    }
}
