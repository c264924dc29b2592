package org.bpfgate.policy.ipe.internal.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.jspecify.annotations.Nullable;

/** Sorts rules into a {@link RuleIndex}: each under the value that the fewest other rules want, and so on inside of that. */
final class RuleIndexBuilder {
    /** So few rules are asked one after the other, which is not slower than to look for the right ones. */
    private static final int FEW = 8;

    private static final Comparator<RuleIndex.Branch> ORDER = Comparator.comparing(
                    (RuleIndex.Branch branch) -> branch.attribute().isCostly())
            .thenComparingInt(RuleIndex.Branch::first);

    private final List<Rule> rules;

    private RuleIndexBuilder(List<Rule> rules) {
        this.rules = rules;
    }

    /** Makes the index of all rules of an operation. */
    static RuleIndex build(List<Rule> rules) {
        int[] all = IntStream.range(0, rules.size()).toArray();
        return new RuleIndexBuilder(rules).build(all, Set.of());
    }

    private RuleIndex build(int[] members, Set<EventAttribute> settled) {
        if (members.length <= FEW) {
            return new RuleIndex(rules, members, List.of());
        }
        Map<Property, Integer> demand = demand(members);
        Map<EventAttribute, Map<Object, List<Integer>>> groups = new HashMap<>();
        List<Integer> rest = new ArrayList<>();
        for (int member : members) {
            EqualityProperty rarest = rarest(rules.get(member), demand, settled);
            if (rarest == null) {
                rest.add(member);
            } else {
                groups.computeIfAbsent(rarest.attribute(), first -> new HashMap<>())
                        .computeIfAbsent(rarest.wanted(), first -> new ArrayList<>())
                        .add(member);
            }
        }
        return new RuleIndex(rules, reachable(rest), branches(groups, settled));
    }

    private Map<Property, Integer> demand(int[] members) {
        Map<Property, Integer> demand = new HashMap<>();
        for (int member : members) {
            for (Property property : rules.get(member).properties()) {
                demand.merge(property, 1, Integer::sum);
            }
        }
        return demand;
    }

    private static @Nullable EqualityProperty rarest(
            Rule rule, Map<Property, Integer> demand, Set<EventAttribute> settled) {
        EqualityProperty rarest = null;
        int least = Integer.MAX_VALUE;
        for (Property property : rule.properties()) {
            int count = demand.getOrDefault(property, 0);
            if (count < least && property instanceof EqualityProperty one && !settled.contains(one.attribute())) {
                rarest = one;
                least = count;
            }
        }
        return rarest;
    }

    /** Leaves out what comes behind a rule without conditions, or repeats the conditions of an earlier rule. */
    private int[] reachable(List<Integer> members) {
        Set<Set<Property>> seen = new HashSet<>();
        List<Integer> reachable = new ArrayList<>();
        for (int member : members) {
            Set<Property> conditions = new HashSet<>(rules.get(member).properties());
            if (seen.add(conditions)) {
                reachable.add(member);
            }
            if (conditions.isEmpty()) {
                break;
            }
        }
        return toArray(reachable);
    }

    private List<RuleIndex.Branch> branches(
            Map<EventAttribute, Map<Object, List<Integer>>> groups, Set<EventAttribute> settled) {
        List<RuleIndex.Branch> branches = new ArrayList<>();
        groups.forEach((attribute, byValue) -> branches.add(branch(attribute, byValue, settled)));
        branches.sort(ORDER);
        return branches;
    }

    /** The map is not copied into one of {@code Map.copyOf}, which is slow when keys have neighbouring hash codes. */
    private RuleIndex.Branch branch(
            EventAttribute attribute, Map<Object, List<Integer>> byValue, Set<EventAttribute> settled) {
        Set<EventAttribute> inside = new HashSet<>(settled);
        inside.add(attribute);
        Map<Object, RuleIndex> children = new HashMap<>();
        int first = Integer.MAX_VALUE;
        for (Map.Entry<Object, List<Integer>> entry : byValue.entrySet()) {
            children.put(entry.getKey(), build(toArray(entry.getValue()), inside));
            first = Math.min(first, entry.getValue().getFirst());
        }
        return new RuleIndex.Branch(attribute, children, first);
    }

    private static int[] toArray(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
