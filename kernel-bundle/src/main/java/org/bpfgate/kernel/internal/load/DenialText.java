package org.bpfgate.kernel.internal.load;

import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;

/**
 * What a denied client finds in its verifier log: every verdict, the rule, what would help, and the decision. The decision stands
 * last, because some loaders, those in Go among them, show nothing but the last line of a log.
 */
public final class DenialText {
    private static final String PREFIX = "bpfgate: ";

    private DenialText() {}

    /**
     * Explains the decision on a load.
     *
     * @param note what else may have led to the denial, for people; may be empty
     */
    static String of(ProgramLoad load, LoadDecision decision, String note) {
        StringBuilder text = new StringBuilder();
        HookResult result = decision.result();
        for (LoadDecision.Report entry : decision.reports()) {
            IntegrityReport report = entry.report();
            boolean isDoubtful = report.verdict() == IntegrityVerdict.UNEXPECTED && !note.isEmpty();
            line(
                    text,
                    entry.verifier() + " " + report.verdict() + ": " + report.reason()
                            + (isDoubtful ? "; but " + note : ""));
        }
        Optional<PolicyBasis> basis = result.basis();
        if (basis.isPresent()) {
            PolicyBasis rule = basis.get();
            line(text, "policy " + rule.policy() + " " + rule.version() + ", line " + rule.line() + ": " + rule.text());
        }
        if (!result.fix().isEmpty()) {
            line(text, "fix: " + result.fix());
        }
        trialObstacle(load, result).ifPresent(obstacle -> line(text, obstacle));
        line(text, "digest " + load.program().instructions().digest().orElseThrow());
        String by =
                decision.deniedBy().isPresent() ? " by " + decision.deniedBy().get() : "";
        String more = note.isEmpty() ? "" : "; " + note;
        line(text, "denied: " + result.errno().orElseThrow() + by + ": " + decision.why() + more);
        return text.toString();
    }

    /**
     * Says why a load cannot be tried that is as small as those that can, and that a policy would have tried; nobody expects it of
     * others.
     *
     * @param denial the denial of the load
     */
    static Optional<String> trialObstacle(ProgramLoad load, HookResult denial) {
        return denial.isTrialAllowed() && TrialRule.isSmall(load)
                ? TrialRule.obstacle(load).map(why -> "the program cannot be tried (bpf_trial): " + why)
                : Optional.empty();
    }

    /** Explains that the kernel refuses what was allowed; empty when there is nothing to add to the error. */
    static String ofKernel(SyscallException refusal) {
        String reason = String.valueOf(refusal.getMessage());
        if (!reason.contains(", ")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        line(text, "allowed, but the kernel refuses: " + reason);
        return text.toString();
    }

    /** Explains a denial that is not about the program itself. */
    public static String of(HookResult result) {
        StringBuilder text = new StringBuilder();
        line(text, "denied: " + result.errno().orElseThrow() + ": " + result.reason());
        return text.toString();
    }

    private static void line(StringBuilder text, String content) {
        text.append(PREFIX).append(content).append('\n');
    }
}
