package org.bpfgate.command.internal.findings;

import java.nio.file.Path;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.policy.PolicyFault;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;

/** Findings as compilers print them, so that editors find the place. */
public final class FindingsText {
    private FindingsText() {}

    /** Returns a line per finding, and one with the outcome, without the last line feed. */
    public static String of(Path file, PolicyFindings findings) {
        StringBuilder text = new StringBuilder();
        for (PolicyFault fault : findings.errors()) {
            place(text, file, fault.line(), fault.column())
                    .append(": error: ")
                    .append(PolicyName.printed(fault.message()))
                    .append(" (")
                    .append(fault.errno())
                    .append(")\n");
        }
        for (PolicyWarning warning : findings.warnings()) {
            place(text, file, warning.line(), warning.column())
                    .append(": warning: ")
                    .append(PolicyName.printed(warning.message()))
                    .append(" [")
                    .append(warning.kind())
                    .append("]\n");
        }
        return text.append(file).append(": ").append(outcome(findings)).toString();
    }

    private static StringBuilder place(StringBuilder text, Path file, int line, int column) {
        return text.append(file).append(':').append(line).append(':').append(column);
    }

    private static String outcome(PolicyFindings findings) {
        return findings.loads()
                ? "loads, " + count(findings.warnings().size(), "warning")
                : "does not load, " + count(findings.errors().size(), "error");
    }

    private static String count(int number, String what) {
        return (number == 0 ? "no" : Integer.toString(number)) + " " + what + (number == 1 ? "" : "s");
    }
}
