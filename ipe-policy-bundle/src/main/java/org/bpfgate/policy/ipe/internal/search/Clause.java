package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.jspecify.annotations.Nullable;

/**
 * A rule for one value of each of its sets, or the default behind all rules, which has no conditions.
 *
 * @param number its place: the first clause that matches decides
 * @param conditions all of which must be met
 * @param allows what it decides
 * @param ruling the line; null for the denial of a policy that has no word for the operation
 */
public record Clause(
        int number,
        Set<Atom> conditions,
        boolean allows,
        @Nullable Ruling ruling) {

    /** Returns the conditions of a rule for each combination of the values of its sets. */
    static List<Set<Atom>> combinations(Collection<Property> properties) {
        List<Set<Atom>> combinations = List.of(Set.of());
        for (Property property : properties) {
            List<Set<Atom>> longer = new ArrayList<>();
            for (Set<Atom> conditions : combinations) {
                for (Property value : property instanceof AnyOf set ? set.members() : List.of(property)) {
                    Set<Atom> more = new LinkedHashSet<>(conditions);
                    more.addAll(Atom.allOf(value));
                    longer.add(more);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** Returns whether another clause is of the same rule. */
    public boolean isOfRuleOf(Clause other) {
        return ruling != null && ruling == other.ruling;
    }
}
