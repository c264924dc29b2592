package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.jspecify.annotations.Nullable;

/** Writes what a policy says about an operation as clauses, of which the first that matches decides. Used once. */
final class ClauseWriter {
    /** What the kernel of the dialect ops9 finds about loads that it goes on with. */
    private static final Set<IntegrityVerdict> GONE_ON_WITH = Set.of(IntegrityVerdict.OK, IntegrityVerdict.UNSIGNED);

    private static final Atom COVERS_MAPS = new Atom(Atom.METADATA, Atom.TRUE);

    private final Policy policy;
    private final List<Clause> clauses = new ArrayList<>();

    ClauseWriter(Policy policy) {
        this.policy = policy;
    }

    /** Returns the clauses; the last one has no conditions. */
    List<Clause> clauses(Op op) {
        if (!policy.dialect().includes(op.since())) {
            return lines(op);
        }
        if (op == Op.BPF_PROG_LOAD && policy.dialect() == Dialect.OPS9) {
            refusedBeforeThePolicy();
            coveringMaps();
        }
        return lines(op);
    }

    /** Returns the clauses of the lines about the operation. */
    List<Clause> lines(Op op) {
        if (policy.dialect().includes(op.since())) {
            parts(op).forEach(part -> add(part.conditions(), part.allows(), part.ruling()));
        } else {
            add(Set.of(), false, null);
        }
        return clauses;
    }

    /**
     * One combination of a rule, or a default.
     *
     * @param conditions all of which must be met
     * @param ruling the line; null where the policy has none
     */
    private record Part(Set<Atom> conditions, @Nullable Ruling ruling) {
        boolean allows() {
            return ruling != null && ruling.allows();
        }
    }

    private List<Part> parts(Op op) {
        List<Part> parts = new ArrayList<>();
        for (Rule rule : policy.about(op).rules()) {
            for (Set<Atom> conditions : Clause.combinations(rule.properties())) {
                parts.add(new Part(conditions, rule.ruling()));
            }
        }
        parts.add(new Part(Set.of(), policy.defaultOf(op)));
        return parts;
    }

    private void add(Set<Atom> conditions, boolean allows, @Nullable Ruling ruling) {
        clauses.add(new Clause(clauses.size(), conditions, allows, ruling));
    }

    private void refusedBeforeThePolicy() {
        for (IntegrityVerdict verdict : IntegrityVerdict.values()) {
            if (!GONE_ON_WITH.contains(verdict)) {
                add(Set.of(new Atom(Atom.NATIVE, verdict.name())), false, null);
            }
        }
    }

    /** A load whose signature covers the maps is allowed when both operations allow it. */
    private void coveringMaps() {
        for (Part second : parts(Op.BPF_PROG_LOAD_POST_INTEGRITY)) {
            if (second.allows()) {
                for (Part first : parts(Op.BPF_PROG_LOAD)) {
                    add(both(second, first), first.allows(), first.ruling());
                }
            } else {
                add(both(second, new Part(Set.of(), null)), false, second.ruling());
            }
        }
    }

    private static Set<Atom> both(Part second, Part first) {
        Set<Atom> conditions = new LinkedHashSet<>();
        conditions.add(COVERS_MAPS);
        conditions.addAll(second.conditions());
        conditions.addAll(first.conditions());
        return conditions;
    }
}
