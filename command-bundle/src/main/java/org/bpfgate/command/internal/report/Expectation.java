package org.bpfgate.command.internal.report;

import java.util.Map;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.integrity.IntegrityVerdict;

/**
 * One line of an {@code expected} file: {@code ALLOW|DENY PATH[#PROGRAM] [KEY=VALUE …] [LSM=VERDICT …]}.
 *
 * @param allow whether the program is expected to be let in
 * @param program the path relative to the directory of the test, and the program in it after {@code #}
 * @param requester who asks, in the words of {@code --as}; empty for nobody
 * @param verdicts expected verdicts by verifier, in the order of the line; NONE is expected of one that must not report
 */
public record Expectation(
        boolean allow, String program, Map<String, String> requester, Map<String, IntegrityVerdict> verdicts) {
    boolean isMetBy(ProgramDecision decided) {
        if (decided.decision().isAllow() != allow) {
            return false;
        }
        for (Map.Entry<String, IntegrityVerdict> entry : verdicts.entrySet()) {
            if (decided.verdictOf(entry.getKey()) != entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** The line without the path: what to put beside a decision that differs. */
    String outcome() {
        StringBuilder text = new StringBuilder(allow ? "ALLOW" : "DENY");
        requester.forEach(
                (key, value) -> text.append(' ').append(key).append('=').append(value));
        for (Map.Entry<String, IntegrityVerdict> entry : verdicts.entrySet()) {
            text.append(' ').append(entry.getKey()).append('=').append(entry.getValue());
        }
        return text.toString();
    }
}
