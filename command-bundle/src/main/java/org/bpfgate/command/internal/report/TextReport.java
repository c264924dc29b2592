package org.bpfgate.command.internal.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.stack.ModuleStack;

/** For people; in a comparison, what is not as expected comes last, where it is seen. */
public final class TextReport implements Report {
    private final Style style;

    public TextReport(Style style) {
        this.style = style;
    }

    @Override
    public void decisions(ModuleStack stack, List<ProgramDecision> decisions, Console console) {
        DecisionText text = new DecisionText(console.out(), style);
        decisions.forEach(text::decision);
    }

    @Override
    public void verdicts(ModuleStack stack, List<ProgramDecision> decisions, Console console) {
        DecisionText text = new DecisionText(console.out(), style);
        decisions.forEach(text::verdicts);
    }

    @Override
    public void explanations(ModuleStack stack, List<ProgramExplanation> explanations, Console console) {
        ExplanationText text = new ExplanationText(console.out(), style);
        explanations.forEach(text::print);
    }

    @Override
    public void comparison(ModuleStack stack, Comparison comparison, Console console) {
        PrintWriter out = console.out();
        DecisionText text = new DecisionText(out, style);
        comparison.shown(true).forEach(compared -> text.compared(compared.decided(), ""));
        for (Comparison.Result compared : comparison.shown(false)) {
            text.compared(compared.decided(), "   <-- NOT AS EXPECTED: " + compared.wanted());
        }
        if (!comparison.isQuiet()) {
            out.println();
        }
        incomplete(comparison, console).forEach(out::println);
        if (!comparison.isQuiet() || comparison.wrong() > 0) {
            out.println(summary(comparison));
        }
    }

    /** What was to be decided and was not. */
    private static List<String> incomplete(Comparison comparison, Console console) {
        List<String> lines = new ArrayList<>();
        int missing = comparison.missing().size();
        if (missing > 0) {
            lines.add(Count.of(missing, "expectation") + " without a program");
        }
        int unreadable = console.unreadable().size() - missing;
        if (unreadable > 0) {
            lines.add(Count.of(unreadable, "input") + " that cannot be read");
        }
        return lines;
    }

    private static String summary(Comparison comparison) {
        int all = comparison.decisions().size();
        int wrong = comparison.wrong();
        if (all == 0) {
            return "no decisions";
        }
        String good = all == 1 ? "as expected" : "all as expected";
        return Count.of(all, "decision") + ", " + (wrong == 0 ? good : wrong + " not as expected");
    }
}
