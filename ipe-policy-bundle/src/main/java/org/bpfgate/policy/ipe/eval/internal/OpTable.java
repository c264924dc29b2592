package org.bpfgate.policy.ipe.eval.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says about one operation, {@code struct ipe_op_table}. Immutable.
 *
 * @param rules the rules, in the order of the text
 * @param fallback the default of the operation; null when the policy's default is to hold
 */
public record OpTable(List<Rule> rules, @Nullable Ruling fallback) {
    /** Copies the list. */
    public OpTable {
        rules = List.copyOf(rules);
    }

    /** Returns the ruling of the first rule that matches, else the default of the operation; null when it has none. */
    @Nullable
    Ruling decide(EvaluationContext event) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(event)) {
                return rules.get(i).ruling();
            }
        }
        return fallback;
    }
}
