package org.bpfgate.policy.ipe.tools.internal;

import java.util.LinkedHashSet;
import java.util.Set;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.policy.ipe.eval.internal.Rule;
import org.bpfgate.policy.ipe.eval.internal.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * A rule, or the default behind all rules, which is one without conditions.
 *
 * @param number its place: the first clause that matches decides
 * @param conditions all of which must be met
 * @param allows what it decides
 * @param ruling the line; null for the denial of a policy that has no word for the operation
 */
record Clause(
        int number,
        Set<Atom> conditions,
        boolean allows,
        @Nullable Ruling ruling) {
    static Clause of(int number, Rule rule) {
        Set<Atom> conditions = new LinkedHashSet<>();
        for (Property property : rule.properties()) {
            conditions.add(Atom.of(property));
        }
        return new Clause(number, conditions, rule.ruling().allows(), rule.ruling());
    }
}
