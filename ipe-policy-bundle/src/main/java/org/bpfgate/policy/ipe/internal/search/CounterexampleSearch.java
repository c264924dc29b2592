package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds events of a region that none of some rules matches. As in every solver for such questions (DPLL), what a rule leaves no
 * choice about is settled first, and only then are cases tried.
 */
public final class CounterexampleSearch {
    private final Budget budget;

    public CounterexampleSearch(Budget budget) {
        this.budget = budget;
    }

    /**
     * Returns a part of a region in which no event is matched.
     *
     * @param within where to look; stays as it is
     * @param rules the conditions of each rule
     * @return the part; null when the rules match every event, or the budget is spent
     */
    public @Nullable Region outside(Region within, List<Set<Atom>> rules) {
        return outside(within, rules, 0);
    }

    private @Nullable Region outside(Region within, List<Set<Atom>> rules, int depth) {
        budget.enter(depth);
        Region region = within.copy();
        List<Set<Atom>> open = settle(region, rules);
        if (open == null) {
            return null;
        }
        return open.isEmpty() ? region : tryCases(region, open, depth);
    }

    /** Narrows the region until each rule that is left has a choice; returns these rules, or null when no event escapes. */
    private @Nullable List<Set<Atom>> settle(Region region, List<Set<Atom>> rules) {
        List<Set<Atom>> open = rules;
        int before;
        do {
            before = open.size();
            open = settleOnce(region, open);
        } while (open != null && !open.isEmpty() && open.size() < before);
        return open;
    }

    private @Nullable List<Set<Atom>> settleOnce(Region region, List<Set<Atom>> rules) {
        List<Set<Atom>> open = new ArrayList<>();
        for (Set<Atom> rule : rules) {
            if (!budget.take()) {
                return null;
            }
            List<Atom> uncertain = region.uncertain(rule);
            if (uncertain != null) {
                if (uncertain.isEmpty() || (uncertain.size() == 1 && !region.forbid(uncertain.getFirst()))) {
                    return null;
                }
                if (uncertain.size() > 1) {
                    open.add(rule);
                }
            }
        }
        return open;
    }

    /** An event escapes a rule by the first atom that it does not meet. */
    private @Nullable Region tryCases(Region region, List<Set<Atom>> open, int depth) {
        for (Atom atom : fewest(region, open)) {
            Region without = region.copy();
            Region found = without.forbid(atom) ? outside(without, open, depth + 1) : null;
            if (found != null || budget.isSpent() || !region.require(atom)) {
                return found;
            }
        }
        return null;
    }

    private static List<Atom> fewest(Region region, List<Set<Atom>> open) {
        List<Atom> fewest = Objects.requireNonNull(region.uncertain(open.getFirst()), "is settled");
        for (Set<Atom> rule : open) {
            List<Atom> uncertain = region.uncertain(rule);
            if (uncertain != null && uncertain.size() < fewest.size()) {
                fewest = uncertain;
            }
        }
        return fewest;
    }
}
