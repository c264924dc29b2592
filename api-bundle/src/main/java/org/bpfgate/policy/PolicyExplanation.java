package org.bpfgate.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.jspecify.annotations.Nullable;

/**
 * How a policy comes to its decision on one load. Immutable.
 *
 * @param allows whether the policy lets it in
 * @param decidedBy the rule or the default that decides; null when the policy's dialect has no word for BPF, which denies
 * @param rules the rules about BPF loads, in the order of the text, the ones behind the decision too
 * @param nearestRule for a denial, the rule that would allow with the fewest changes of what a requester can change, which are the
 *     signature, the lists and the keyring; null for an allowance, and when there is no such rule
 * @param advice for a denial, what would have to change, one line for people; empty for an allowance
 */
public record PolicyExplanation(
        boolean allows,
        @Nullable PolicyBasis decidedBy,
        List<RuleTrial> rules,
        @Nullable RuleTrial nearestRule,
        String advice) {
    /** Copies the list; refuses an allowance that nothing decided. */
    public PolicyExplanation {
        rules = List.copyOf(rules);
        Objects.requireNonNull(advice);
        if (allows && decidedBy == null) {
            throw new IllegalArgumentException("an allowance has a line that decides");
        }
    }

    /** Returns the rule or the default that decides; empty when the policy's dialect has no word for BPF. */
    public Optional<PolicyBasis> basis() {
        return Optional.ofNullable(decidedBy);
    }

    /** Returns the rule that would allow with the fewest changes; empty for an allowance, and when there is none. */
    public Optional<RuleTrial> nearest() {
        return Optional.ofNullable(nearestRule);
    }

    /**
     * One rule, tried on the load.
     *
     * @param line the line in the policy's text, counted from 1
     * @param text that line, without its comment
     * @param allows what the rule says
     * @param conditions its properties, in the order of the text
     */
    public record RuleTrial(int line, String text, boolean allows, List<Condition> conditions) {
        /** Copies the list. */
        public RuleTrial {
            Objects.requireNonNull(text);
            conditions = List.copyOf(conditions);
        }

        /** Returns whether all conditions hold. */
        public boolean matches() {
            return failing().isEmpty();
        }

        /** Returns the conditions that do not hold. */
        public List<Condition> failing() {
            return conditions.stream().filter(condition -> !condition.holds()).toList();
        }
    }

    /**
     * One property of a rule, tried on the load.
     *
     * @param word as the language writes it, such as {@code bpf_signature=OK}
     * @param holds whether the load has it
     * @param present what the load has in its place, for people; empty when that cannot be said in a word
     */
    public record Condition(String word, boolean holds, String present) {
        /** Refuses nulls. */
        public Condition {
            Objects.requireNonNull(word);
            Objects.requireNonNull(present);
        }
    }
}
