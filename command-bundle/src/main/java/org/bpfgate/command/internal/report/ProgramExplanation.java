package org.bpfgate.command.internal.report;

import java.util.List;
import java.util.Objects;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.policy.PolicyExplanation;

/**
 * One program, what the verifiers say of it, and how a policy comes to its decision.
 *
 * @param decided what the stack made of it without a policy
 * @param explanation what the policy makes of it
 * @param commands what would let it in, each a line for a shell, in their order; none when it is let in or no command helps
 */
public record ProgramExplanation(ProgramDecision decided, PolicyExplanation explanation, List<String> commands) {
    public ProgramExplanation {
        Objects.requireNonNull(decided);
        Objects.requireNonNull(explanation);
        commands = List.copyOf(commands);
    }

    /** Returns whether the program would be let in: a verifier may deny what the policy allows. */
    public boolean allows() {
        return explanation.allows() && decided.decision().isAllow();
    }
}
