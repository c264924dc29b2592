package org.bpfgate.policy.ipe.internal.policy;

import java.util.List;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.jspecify.annotations.Nullable;

/** What a policy says about one operation, {@code struct ipe_op_table}. Immutable. */
public final class OpTable {
    private final List<Rule> rules;
    private final @Nullable Ruling fallback;
    private final RuleIndex index;

    /**
     * Makes a table.
     *
     * @param rules the rules, in the order of the text; copied
     * @param fallback the default of the operation; null when the policy's default is to hold
     */
    public OpTable(List<Rule> rules, @Nullable Ruling fallback) {
        this.rules = List.copyOf(rules);
        this.fallback = fallback;
        this.index = RuleIndexBuilder.build(this.rules);
    }

    /** Returns the rules, in the order of the text. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * Returns the rule at a line of the text.
     *
     * @throws IllegalArgumentException when no rule stands there
     */
    public Rule ruleAt(int line) {
        int low = 0;
        int high = rules.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = rules.get(middle).ruling().basis().line();
            if (found == line) {
                return rules.get(middle);
            }
            if (found < line) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalArgumentException("no rule at line " + line);
    }

    /** Returns the default of the operation; null when the policy's default is to hold. */
    public @Nullable Ruling fallback() {
        return fallback;
    }

    /** Returns the ruling of the first rule that matches, else the default of the operation; null when it has none. */
    @Nullable
    Ruling decide(EvaluationContext event) {
        int first = index.firstMatch(event, rules.size());
        return first < rules.size() ? rules.get(first).ruling() : fallback;
    }
}
