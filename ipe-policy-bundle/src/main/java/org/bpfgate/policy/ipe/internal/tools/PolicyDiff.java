package org.bpfgate.policy.ipe.internal.tools;

import java.util.List;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyDifference.Witness;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.search.Atom;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.bpfgate.policy.ipe.internal.search.Clause;
import org.bpfgate.policy.ipe.internal.search.Disagreement;
import org.bpfgate.policy.ipe.internal.search.Domain;
import org.bpfgate.policy.ipe.internal.search.Region;
import org.bpfgate.policy.ipe.internal.search.RuleBook;
import org.bpfgate.policy.ipe.internal.search.WitnessFacts;
import org.jspecify.annotations.Nullable;

/** Compares two policies, operation by operation; BPF loads first, because they are what this gate decides on. */
final class PolicyDiff {
    /** What is asked in addition about a load is part of the answer about the load. */
    private static final List<Op> ORDER = List.of(Op.values()).reversed().stream()
            .filter(op -> op != Op.BPF_PROG_LOAD_POST_INTEGRITY)
            .toList();

    /** What audit records of the kernel call an operation that it does not know. */
    private static final String UNKNOWN = "UNKNOWN";

    private final Policy first;
    private final Policy second;
    private final Budget budget;

    PolicyDiff(Policy first, Policy second, Budget budget) {
        this.first = first;
        this.second = second;
        this.budget = budget;
    }

    PolicyDifference compare() {
        Witness byFirst = allowedOnlyBy(first, second);
        Witness bySecond = allowedOnlyBy(second, first);
        return new PolicyDifference(byFirst, bySecond, !budget.isSpent());
    }

    private @Nullable Witness allowedOnlyBy(Policy allowing, Policy denying) {
        for (Op op : ORDER) {
            Region found = new Disagreement(RuleBook.of(allowing, op), RuleBook.of(denying, op), budget).find();
            if (found != null) {
                return witness(op, found);
            }
        }
        return allowsUnknown(allowing) && !allowsUnknown(denying)
                ? new Witness(UNKNOWN, List.of(), basis(first.globalDefault()), basis(second.globalDefault()))
                : null;
    }

    /** A kernel allows, with a warning, what the policy has no default for. */
    private static boolean allowsUnknown(Policy policy) {
        Ruling fallback = policy.globalDefault();
        return fallback == null || fallback.allows();
    }

    private Witness witness(Op op, Region found) {
        Region event = WitnessFacts.choose(found);
        return new Witness(op.name(), WitnessFacts.of(event), basis(first, op, event), basis(second, op, event));
    }

    private static @Nullable PolicyBasis basis(Policy policy, Op op, Region event) {
        RuleBook book = RuleBook.of(policy, op);
        for (Clause rule : book.rules()) {
            if (matches(rule, event)) {
                return basis(rule.ruling());
            }
        }
        return basis(book.fallback().ruling());
    }

    private static boolean matches(Clause rule, Region event) {
        for (Atom atom : rule.conditions()) {
            if (!atom.value().equals(value(event, atom.variable()))) {
                return false;
            }
        }
        return true;
    }

    /** What is free, and makes no difference, has the most common value. */
    private static @Nullable String value(Region event, String variable) {
        String known = event.known(variable);
        if (known != null || !event.isFree(variable)) {
            return known;
        }
        for (String plain : Domain.of(variable)) {
            if (event.copy().require(new Atom(variable, plain))) {
                return plain;
            }
        }
        return null;
    }

    private static @Nullable PolicyBasis basis(@Nullable Ruling ruling) {
        return ruling == null ? null : ruling.basis();
    }
}
