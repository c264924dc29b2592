package org.bpfgate.policy.ipe.internal.policy;

import java.util.List;
import java.util.Map;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;

/**
 * Finds the first of some rules that matches, without asking those that cannot: each rule stands in a branch under one value
 * that it wants, and only the branches of the event's own values are walked. What is left is asked in the order of the text.
 * Immutable; safe for use by several threads.
 */
final class RuleIndex {
    private final List<Rule> rules;
    private final int[] asked;
    private final List<Branch> branches;

    /**
     * Makes an index; {@link RuleIndexBuilder} does.
     *
     * @param rules all rules of the operation
     * @param asked the numbers of those in no branch, ascending
     * @param branches the others
     */
    RuleIndex(List<Rule> rules, int[] asked, List<Branch> branches) {
        this.rules = rules;
        this.asked = asked;
        this.branches = branches;
    }

    /**
     * Returns the number of the first rule that matches.
     *
     * @param limit the number of a rule that is known to match, or how many rules there are: only lower ones count
     * @return the number, or the limit when no lower rule matches
     */
    int firstMatch(EvaluationContext event, int limit) {
        int first = firstAsked(event, limit);
        for (int i = 0; i < branches.size(); i++) {
            first = branches.get(i).firstMatch(event, first);
        }
        return first;
    }

    private int firstAsked(EvaluationContext event, int limit) {
        for (int i = 0; i < asked.length && asked[i] < limit; i++) {
            if (rules.get(asked[i]).matches(event)) {
                return asked[i];
            }
        }
        return limit;
    }

    /**
     * Rules that want some value in one attribute.
     *
     * @param attribute the attribute
     * @param byValue the rules under the value that each wants
     * @param first the lowest number of them all
     */
    record Branch(EventAttribute attribute, Map<Object, RuleIndex> byValue, int first) {
        /** As {@link RuleIndex#firstMatch}; learns nothing about the event when a match is known before its first rule. */
        int firstMatch(EvaluationContext event, int limit) {
            int match = limit;
            if (first < limit) {
                int n = 0;
                for (Object value = attribute.value(event, n); value != null; value = attribute.value(event, ++n)) {
                    RuleIndex under = byValue.get(value);
                    match = under == null ? match : under.firstMatch(event, match);
                }
            }
            return match;
        }
    }
}
