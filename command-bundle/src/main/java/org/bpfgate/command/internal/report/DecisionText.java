package org.bpfgate.command.internal.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.command.internal.context.Count;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.stack.LoadDecision;

/** Prints a decision for people: a line with the decision, and below it the verdicts, the rule and the reason. */
final class DecisionText {
    private static final String MARGIN = " ".repeat(7);
    private static final int LABEL = 9;
    private static final int VERDICT = 10;

    /** A shorter reason is as quickly read as the name of the verifier that gave it before. */
    private static final int LONG_REASON = 60;

    private final PrintWriter out;
    private final Style style;

    DecisionText(PrintWriter out, Style style) {
        this.out = out;
        this.style = style;
    }

    /** Prints everything about a decision, and of a program that is denied the digest, which lists and rules name it by. */
    void decision(ProgramDecision decided) {
        decision(decided, "", true);
    }

    /** Prints a decision beside others whose programs are known. */
    void compared(ProgramDecision decided, String mark) {
        decision(decided, mark, false);
    }

    private void decision(ProgramDecision decided, String mark, boolean withDigest) {
        headline(decided, decided.decision().isAllow(), mark);
        reports(decided);
        HookResult result = decided.decision().result();
        Optional<PolicyBasis> basis = result.basis();
        if (basis.isPresent()) {
            PolicyBasis rule = basis.get();
            line("policy", rule.policy() + " " + rule.version() + ", line " + rule.line() + ": " + rule.text());
        }
        if (withDigest && (!result.isAllow() || result.isPermitted())) {
            digest(decided);
        }
        denial(decided);
        if (result.isPermitted()) {
            line("note", result.reason());
        }
        if (!result.fix().isEmpty()) {
            line("fix", result.fix());
        }
    }

    /** Prints the verdicts on a program, and its digest where no verifier vouches for it. */
    void verdicts(ProgramDecision decided) {
        out.println(style.wrap(decided.program().label() + describe(decided), 0, MARGIN.length()));
        reports(decided);
        if (decided.verifyExitCode() != ExitCode.OK) {
            digest(decided);
        }
    }

    void headline(ProgramDecision decided, boolean allows, String mark) {
        String decision = allows ? "ALLOW" : "DENY";
        String rest = decided.program().label() + describe(decided) + mark;
        out.println(style.color(allows ? Style.Color.GREEN : Style.Color.RED, decision)
                + " ".repeat(MARGIN.length() - decision.length())
                + style.wrap(rest, MARGIN.length(), MARGIN.length()));
    }

    /** The type and the name, where the label does not say them already. */
    private static String describe(ProgramDecision decided) {
        var program = decided.program().program();
        String section = decided.program()
                .unknownSection()
                .map(unknown -> ": " + unknown)
                .orElse("");
        return "  (" + program.type().label() + section + ", "
                + Count.of(program.instructions().count(), "instruction") + ")";
    }

    /** Prints the digest, without a label so that it fits 80 columns, or why the file does not tell it. */
    void digest(ProgramDecision decided) {
        Instructions instructions = decided.program().program().instructions();
        Optional<ProgramDigest> digest = instructions.digest();
        if (digest.isPresent()) {
            out.println(MARGIN + digest.get());
        } else {
            line("digest", "not known: " + instructions.pendingReason());
        }
    }

    void denial(ProgramDecision decided) {
        HookResult result = decided.decision().result();
        if (!result.isAllow()) {
            String denier =
                    decided.decision().deniedBy().map(lsm -> " by " + lsm).orElse("");
            line("denied", result.errno().orElseThrow() + denier + ": " + result.reason());
        }
    }

    void reports(ProgramDecision decided) {
        List<LoadDecision.Report> reports = decided.decision().reports();
        for (int i = 0; i < reports.size(); i++) {
            IntegrityReport found = reports.get(i).report();
            String verdict = found.verdict().name();
            int first = MARGIN.length() + LABEL + 2 + Math.max(VERDICT, verdict.length()) + 2;
            out.println(MARGIN + padded(reports.get(i).verifier().name(), LABEL) + "  "
                    + style.color(color(found.verdict()), verdict)
                    + padded("", VERDICT - verdict.length()) + "  "
                    + style.wrap(shortened(reports, i), first, first));
        }
        if (reports.isEmpty()) {
            line("verdict", "NONE        no verifier reported");
        }
    }

    private static Style.Color color(IntegrityVerdict verdict) {
        return switch (verdict) {
            case OK -> Style.Color.GREEN;
            case UNSIGNED, NONE -> Style.Color.YELLOW;
            default -> Style.Color.RED;
        };
    }

    /** A long reason that a verifier before gave too is told by the name of that one, and what is added to it. */
    private static String shortened(List<LoadDecision.Report> reports, int index) {
        String reason = reason(reports.get(index).report());
        for (LoadDecision.Report earlier : reports.subList(0, index)) {
            String earlierReason = reason(earlier.report());
            if (earlierReason.length() > LONG_REASON
                    && (reason.equals(earlierReason) || reason.startsWith(earlierReason + "; "))) {
                return "as " + earlier.verifier().name() + reason.substring(earlierReason.length());
            }
        }
        return reason;
    }

    /** Some reasons begin with the word of their code; it is not said twice. */
    private static String reason(IntegrityReport found) {
        String code = found.code()
                .filter(word -> !found.reason().startsWith(word))
                .map(word -> word + ": ")
                .orElse("");
        return code + found.reason() + (found.isCached() ? " (cached)" : "");
    }

    /** Prints a line with a label. */
    void line(String label, String text) {
        int first = MARGIN.length() + Math.max(LABEL, label.length()) + 2;
        out.println(MARGIN + padded(label, LABEL) + "  " + style.wrap(text, first, first));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
