package org.bpfgate.command.internal.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.stack.ModuleStack;

/** The decisions of policy tests beside what was expected of them, and what was expected and is not there. */
public final class Comparison {
    /** Prints decisions beside what was expected of them. */
    @FunctionalInterface
    public interface Printer {
        /** Prints all decisions that are to be shown, and what was expected. */
        void comparison(ModuleStack stack, Comparison comparison, Console console);
    }

    /**
     * A decision beside what a policy test expects of it.
     *
     * @param directory of the test
     * @param decided the decision
     * @param expected what {@code expected} says of the program; empty when it does not name it
     */
    public record Result(Path directory, ProgramDecision decided, Optional<Expectation> expected) {
        /** Returns what the file expects, in its words. */
        public String wanted() {
            return expected.map(Expectation::outcome).orElse("the expected file does not name this program");
        }

        /** Returns whether the decision and all verdicts are as expected; a program that is not named never is. */
        public boolean asExpected() {
            return expected.isPresent() && expected.get().isMetBy(decided);
        }
    }

    /**
     * An expectation whose program is missing.
     *
     * @param directory of the test
     * @param expectation as the file has it
     */
    public record Missing(Path directory, Expectation expectation) {}

    private final List<Result> decisions = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final boolean quiet;

    /**
     * Makes an empty one.
     *
     * @param quiet whether only what is not as expected is shown
     */
    public Comparison(boolean quiet) {
        this.quiet = quiet;
    }

    public void add(Result compared) {
        decisions.add(compared);
    }

    public void addMissing(Missing expectation) {
        missing.add(expectation);
    }

    List<Result> decisions() {
        return List.copyOf(decisions);
    }

    List<Missing> missing() {
        return List.copyOf(missing);
    }

    boolean isQuiet() {
        return quiet;
    }

    public int wrong() {
        return (int)
                decisions.stream().filter(compared -> !compared.asExpected()).count();
    }

    public boolean isAsExpected() {
        return wrong() == 0 && missing.isEmpty();
    }

    /** Returns the decisions to show that are as expected, or those that are not. */
    public List<Result> shown(boolean asExpected) {
        return decisions.stream()
                .filter(compared -> compared.asExpected() == asExpected && !(quiet && asExpected))
                .toList();
    }
}
