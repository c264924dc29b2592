package org.bpfgate.command.internal;

import java.io.PrintWriter;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;

/** For people: the verdicts on a program, every rule with what failed, the line that decides, and what would help. */
final class ExplanationText {
    private ExplanationText() {}

    static void print(Explained explained, PrintWriter out) {
        PolicyExplanation explanation = explained.explanation();
        TextReport.headline(explained.decided(), explained.allows(), "", out);
        TextReport.reports(explained.decided(), out);
        for (RuleTrial rule : explanation.rules()) {
            TextReport.line(out, "line " + rule.line(), PolicyName.printed(rule.text()));
            TextReport.line(out, "", outcome(rule, explanation));
        }
        explanation.basis().ifPresent(basis -> TextReport.line(out, "decides", decider(basis)));
        TextReport.denial(explained.decided(), out);
        if (!explanation.allows()) {
            TextReport.line(out, "fix", PolicyName.printed(explanation.advice()));
        }
        for (String command : explained.commands()) {
            TextReport.line(out, "command", command);
        }
    }

    private static String decider(PolicyBasis basis) {
        return "line " + basis.line() + ": " + PolicyName.printed(basis.text());
    }

    private static String outcome(RuleTrial rule, PolicyExplanation explanation) {
        if (!rule.matches()) {
            return "no match: " + failures(rule);
        }
        return explanation.basis().filter(basis -> basis.line() == rule.line()).isPresent()
                ? "matches, and is the first that does"
                : "would match, if no earlier rule did";
    }

    private static String failures(RuleTrial rule) {
        StringBuilder text = new StringBuilder();
        for (Condition failed : rule.failing()) {
            text.append(text.isEmpty() ? "" : "; ").append(PolicyName.printed(failed.word()));
            if (!failed.present().isEmpty()) {
                text.append(", is ").append(PolicyName.printed(failed.present()));
            }
        }
        return text.toString();
    }
}
