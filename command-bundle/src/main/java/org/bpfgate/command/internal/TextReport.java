package org.bpfgate.command.internal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.integrity.IntegrityReport;

/** For people: a line per program with the decision, and below it the verdicts, the rule and the reason. */
final class TextReport implements Report {
    @Override
    public void decisions(ModuleStack stack, List<Decided> decisions, PrintWriter out) {
        for (Decided decided : decisions) {
            headline(decided, decided.decision().isAllow(), "", out);
            explain(decided, out);
        }
    }

    @Override
    public void verdicts(ModuleStack stack, List<Decided> decisions, PrintWriter out) {
        for (Decided decided : decisions) {
            out.println(decided.program().label() + describe(decided));
            reports(decided, out);
        }
    }

    @Override
    public void comparison(ModuleStack stack, List<Compared> all, PrintWriter out) {
        int wrong = 0;
        for (Compared compared : all) {
            String mark = compared.asExpected() ? "" : "   <-- NOT AS EXPECTED: " + wanted(compared);
            wrong += compared.asExpected() ? 0 : 1;
            headline(compared.decided(), compared.decided().decision().isAllow(), mark, out);
            explain(compared.decided(), out);
        }
        out.println();
        out.println(
                wrong == 0
                        ? all.size() + " decisions, all as expected"
                        : all.size() + " decisions, " + wrong + " not as expected");
    }

    private static String wanted(Compared compared) {
        return compared.expected().map(Expectation::outcome).orElse("the expected file does not name this program");
    }

    static void headline(Decided decided, boolean allows, String mark, PrintWriter out) {
        String decision = allows ? "ALLOW  " : "DENY   ";
        out.println(decision + decided.program().label() + describe(decided) + mark);
    }

    /** The type and the name, where the label does not say them already. */
    private static String describe(Decided decided) {
        var program = decided.program().program();
        String section = decided.program()
                .unknownSection()
                .map(unknown -> ": " + unknown)
                .orElse("");
        return "  (" + program.type().label() + section + ", "
                + program.instructions().count() + " instructions)";
    }

    private static void explain(Decided decided, PrintWriter out) {
        reports(decided, out);
        HookResult result = decided.decision().result();
        Optional<PolicyBasis> basis = result.basis();
        if (basis.isPresent()) {
            PolicyBasis rule = basis.get();
            line(out, "policy", rule.policy() + " " + rule.version() + ", line " + rule.line() + ": " + rule.text());
        }
        denial(decided, out);
        if (!result.fix().isEmpty()) {
            line(out, "fix", result.fix());
        }
    }

    static void denial(Decided decided, PrintWriter out) {
        HookResult result = decided.decision().result();
        if (!result.isAllow()) {
            String denier =
                    decided.decision().deniedBy().map(lsm -> " by " + lsm).orElse("");
            line(out, "denied", result.errno().orElseThrow() + denier + ": " + result.reason());
        }
    }

    static void reports(Decided decided, PrintWriter out) {
        for (LoadDecision.Report report : decided.decision().reports()) {
            IntegrityReport found = report.report();
            line(out, report.verifier().name(), padded(found.verdict().name(), 10) + "  " + reason(found));
        }
        if (decided.decision().reports().isEmpty()) {
            line(out, "verdict", "NONE        no verifier reported");
        }
    }

    /** Some reasons begin with the word of their code; it is not said twice. */
    private static String reason(IntegrityReport found) {
        String code = found.code()
                .filter(word -> !found.reason().startsWith(word))
                .map(word -> word + ": ")
                .orElse("");
        return code + found.reason() + (found.isCached() ? " (cached)" : "");
    }

    static void line(PrintWriter out, String label, String text) {
        out.println("       " + padded(label, 9) + "  " + text);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
