package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the clauses that may match events of a region without a look at all of them: each stands under its rarest condition. */
final class ClauseIndex {
    private final List<Clause> unconditional = new ArrayList<>();
    private final Map<String, Map<String, List<Clause>>> byVariable = new HashMap<>();

    ClauseIndex(List<Clause> clauses) {
        Map<Atom, Integer> demand = demand(clauses);
        for (Clause clause : clauses) {
            under(rarest(clause, demand)).add(clause);
        }
    }

    private static Map<Atom, Integer> demand(List<Clause> clauses) {
        Map<Atom, Integer> demand = new HashMap<>();
        for (Clause clause : clauses) {
            for (Atom atom : clause.conditions()) {
                demand.merge(atom, 1, Integer::sum);
            }
        }
        return demand;
    }

    private static @Nullable Atom rarest(Clause clause, Map<Atom, Integer> demand) {
        Atom rarest = null;
        int least = Integer.MAX_VALUE;
        for (Atom atom : clause.conditions()) {
            int count = demand.getOrDefault(atom, 0);
            if (count < least) {
                rarest = atom;
                least = count;
            }
        }
        return rarest;
    }

    private List<Clause> under(@Nullable Atom atom) {
        if (atom == null) {
            return unconditional;
        }
        return byVariable
                .computeIfAbsent(atom.variable(), first -> new HashMap<>())
                .computeIfAbsent(atom.value(), first -> new ArrayList<>());
    }

    /** Returns all clauses that match some event of a region, and maybe others; in no order, and even when that spends the budget. */
    List<Clause> near(Region region, Budget budget) {
        return near(region, budget, variable -> true);
    }

    /**
     * Returns the same without clauses that some events of the region escape whatever the others are: a thing that may have
     * values that no clause names may have one of these, and then no condition about it holds (in the words of solvers, a pure
     * literal).
     */
    List<Clause> inTheWay(Region region, Budget budget) {
        return near(region, budget, variable -> !Domain.of(variable).isEmpty());
    }

    private List<Clause> near(Region region, Budget budget, Predicate<String> isOfInterestWhenFree) {
        List<Clause> near = new ArrayList<>(unconditional);
        byVariable.forEach((variable, byValue) -> {
            String known = region.known(variable);
            if (known != null) {
                near.addAll(byValue.getOrDefault(known, List.of()));
            } else if (isOfInterestWhenFree.test(variable)) {
                byValue.values().forEach(near::addAll);
            }
        });
        budget.take(near.size());
        return near;
    }
}
