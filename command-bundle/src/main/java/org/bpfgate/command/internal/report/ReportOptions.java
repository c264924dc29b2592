package org.bpfgate.command.internal.report;

import java.util.List;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.stack.LoadDecision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how decisions are shown. */
public final class ReportOptions {
    @Mixin
    private ColorOptions colors = new ColorOptions();

    @Option(
            names = {"-q", "--quiet", "--only-denied"},
            description = "show only programs that are denied, or would be (verify: that no verifier calls OK)")
    private boolean quiet;

    public Style style() {
        return colors.style();
    }

    /** Returns the decisions to show. */
    public List<ProgramDecision> shown(List<ProgramDecision> all) {
        return quiet ? all.stream().filter(ReportOptions::isDenial).toList() : all;
    }

    private static boolean isDenial(ProgramDecision decided) {
        LoadDecision decision = decided.decision();
        return !decision.isAllow() || decision.result().isPermitted();
    }

    public boolean isQuiet() {
        return quiet;
    }

    /** Returns the explanations to show. */
    public List<ProgramExplanation> shownExplanations(List<ProgramExplanation> all) {
        return quiet ? all.stream().filter(explained -> !explained.allows()).toList() : all;
    }
}
