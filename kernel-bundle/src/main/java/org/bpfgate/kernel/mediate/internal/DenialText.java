package org.bpfgate.kernel.mediate.internal;

import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.program.ProgramLoad;

/** What a denied client finds in its verifier log: the decision, every verdict, the rule, and what would help. */
final class DenialText {
    private static final String PREFIX = "bpfgate: ";

    private DenialText() {}

    /** Explains the decision on a load. */
    static String of(ProgramLoad load, LoadDecision decision) {
        StringBuilder text = new StringBuilder();
        HookResult result = decision.result();
        String by =
                decision.deniedBy().isPresent() ? " by " + decision.deniedBy().get() : "";
        line(text, "denied: " + result.errno().orElseThrow() + by + ": " + result.reason());
        for (LoadDecision.Report report : decision.reports()) {
            line(
                    text,
                    report.verifier() + " " + report.report().verdict() + ": "
                            + report.report().reason());
        }
        Optional<PolicyBasis> basis = result.basis();
        if (basis.isPresent()) {
            PolicyBasis rule = basis.get();
            line(text, "policy " + rule.policy() + " " + rule.version() + ", line " + rule.line() + ": " + rule.text());
        }
        if (!result.fix().isEmpty()) {
            line(text, "fix: " + result.fix());
        }
        line(text, "digest " + load.program().instructions().digest().orElseThrow());
        return text.toString();
    }

    /** Explains a denial that is not about the program itself. */
    static String of(HookResult result) {
        StringBuilder text = new StringBuilder();
        line(text, "denied: " + result.errno().orElseThrow() + ": " + result.reason());
        return text.toString();
    }

    private static void line(StringBuilder text, String content) {
        text.append(PREFIX).append(content).append('\n');
    }
}
