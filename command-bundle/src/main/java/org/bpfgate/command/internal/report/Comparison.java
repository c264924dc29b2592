package org.bpfgate.command.internal.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The decisions of policy tests beside what was expected of them, and what was expected and is not there. */
public final class Comparison {
    /**
     * An expectation whose program is missing.
     *
     * @param directory of the test
     * @param expectation as the file has it
     */
    public record Missing(Path directory, Expectation expectation) {}

    private final List<Compared> decisions = new ArrayList<>();
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

    public void add(Compared compared) {
        decisions.add(compared);
    }

    public void addMissing(Missing expectation) {
        missing.add(expectation);
    }

    List<Compared> decisions() {
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
    public List<Compared> shown(boolean asExpected) {
        return decisions.stream()
                .filter(compared -> compared.asExpected() == asExpected && !(quiet && asExpected))
                .toList();
    }
}
