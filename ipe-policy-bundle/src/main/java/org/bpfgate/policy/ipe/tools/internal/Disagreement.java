package org.bpfgate.policy.ipe.tools.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds events that one policy allows and another denies. Such an event is decided by some clause that allows and by one of the
 * other policy that denies, so the search goes through the pairs that have events in common. Of the earlier clauses only those
 * with the opposite action are in the way.
 */
final class Disagreement {
    private final RuleBook allowing;
    private final RuleBook denying;
    private final Budget budget;

    Disagreement(RuleBook allowing, RuleBook denying, Budget budget) {
        this.allowing = allowing;
        this.denying = denying;
        this.budget = budget;
    }

    /** Returns events that the two disagree on; null when there are none, or the budget is spent. */
    @Nullable
    Region find() {
        for (Clause allow : allowing.deciding(true)) {
            Region region = allowing.everything();
            Region found = region.requireAll(allow.conditions()) ? within(region, allow) : null;
            if (found != null || budget.isSpent()) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Region within(Region allowed, Clause allow) {
        for (Clause deny : denying.near(allowed, budget, clause -> !clause.allows())) {
            Region region = allowed.copy();
            Region found = region.requireAll(deny.conditions()) ? within(region, allow, deny) : null;
            if (found != null || !budget.take()) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Region within(Region both, Clause allow, Clause deny) {
        List<Set<Atom>> inTheWay = new ArrayList<>();
        for (Clause earlier :
                allowing.near(both, budget, clause -> !clause.allows() && clause.number() < allow.number())) {
            inTheWay.add(earlier.conditions());
        }
        for (Clause earlier :
                denying.near(both, budget, clause -> clause.allows() && clause.number() < deny.number())) {
            inTheWay.add(earlier.conditions());
        }
        return new Escape(budget).outside(both, inTheWay);
    }
}
