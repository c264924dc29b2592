package org.bpfgate.command.internal.report;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfgate.command.internal.gate.Decided;

/**
 * A decision beside what a policy test expects of it.
 *
 * @param directory of the test
 * @param decided the decision
 * @param expected what {@code expected} says of the program; empty when it does not name it
 */
public record Compared(Path directory, Decided decided, Optional<Expectation> expected) {
    /** What the file expects, in its words. */
    public String wanted() {
        return expected.map(Expectation::outcome).orElse("the expected file does not name this program");
    }

    /** Whether the decision and all verdicts are as expected; a program that is not named never is. */
    public boolean asExpected() {
        return expected.isPresent() && expected.get().isMetBy(decided);
    }
}
