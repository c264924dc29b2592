package org.bpfgate.command.internal.report;

import java.io.PrintWriter;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;

/** For people: the verdicts on a program, every rule with what failed, the line that decides, and what would help. */
final class ExplanationText {
    private final DecisionText text;

    ExplanationText(PrintWriter out, Style style) {
        text = new DecisionText(out, style);
    }

    void print(ProgramExplanation explained) {
        PolicyExplanation explanation = explained.explanation();
        text.headline(explained.decided(), explained.allows(), "");
        text.reports(explained.decided());
        for (RuleTrial rule : explanation.rules()) {
            text.line("line " + rule.line(), PolicyName.printed(rule.text()));
            text.line("", outcome(rule, explanation));
        }
        explanation.basis().ifPresent(basis -> text.line("decides", decider(basis)));
        text.denial(explained.decided());
        if (!explanation.allows()) {
            text.digest(explained.decided());
            text.line("fix", PolicyName.printed(explanation.advice()));
        }
        for (String command : explained.commands()) {
            text.line("command", command);
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
