package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds events that one policy allows and another denies. Such an event is decided by some clause that allows and by one of the
 * other policy that denies, so the search goes through the pairs that have events in common. Of the earlier clauses only those
 * with the opposite action are in the way.
 */
public final class Disagreement {
    private final RuleBook allowing;
    private final RuleBook denying;
    private final Budget budget;

    public Disagreement(RuleBook allowing, RuleBook denying, Budget budget) {
        this.allowing = allowing;
        this.denying = denying;
        this.budget = budget;
    }

    /** Returns events that the two disagree on; null when there are none, or the budget is spent. */
    public @Nullable Region find() {
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
        for (Clause deny : denying.near(allowed, false, budget)) {
            Region region = allowed.copy();
            Region found = region.requireAll(deny.conditions()) ? within(region, allow, deny) : null;
            if (found != null || !budget.take()) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Region within(Region both, Clause allow, Clause deny) {
        List<Set<Atom>> inTheWay = before(allow, allowing.inTheWay(both, false, budget));
        inTheWay.addAll(before(deny, denying.inTheWay(both, true, budget)));
        Region found = new CounterexampleSearch(budget).outside(both, inTheWay);
        if (found != null) {
            exclude(found, before(allow, allowing.near(both, false, budget)));
            exclude(found, before(deny, denying.near(both, true, budget)));
        }
        return found;
    }

    private static List<Set<Atom>> before(Clause clause, List<Clause> others) {
        List<Set<Atom>> before = new ArrayList<>();
        for (Clause other : others) {
            if (other.number() < clause.number()) {
                before.add(other.conditions());
            }
        }
        return before;
    }

    /** Has the region say that a value is none of those by which these clauses would match. */
    private static void exclude(Region found, List<Set<Atom>> clauses) {
        for (Set<Atom> conditions : clauses) {
            List<Atom> uncertain = found.uncertain(conditions);
            if (uncertain != null) {
                uncertain.stream()
                        .filter(atom -> Domain.of(atom.variable()).isEmpty())
                        .findFirst()
                        .ifPresent(found::forbid);
            }
        }
    }
}
