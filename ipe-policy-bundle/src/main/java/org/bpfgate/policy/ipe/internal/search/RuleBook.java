package org.bpfgate.policy.ipe.internal.search;

import java.util.List;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;

/** What a policy says about one operation, as clauses: its rules, then its default. Immutable. */
public final class RuleBook {
    private final Op op;
    private final List<Clause> clauses;
    private final ClauseIndex allowing;
    private final ClauseIndex denying;

    private RuleBook(Op op, List<Clause> clauses) {
        this.op = op;
        this.clauses = List.copyOf(clauses);
        this.allowing = new ClauseIndex(deciding(true));
        this.denying = new ClauseIndex(deciding(false));
    }

    /** Returns the book of a policy; one denial when the policy's dialect does not have the operation, as this gate decides. */
    public static RuleBook of(Policy policy, Op op) {
        return new RuleBook(op, new ClauseWriter(policy).clauses(op));
    }

    /** Returns the same without what another operation or the kernel decides about the same event: the lines of the text alone. */
    public static RuleBook ofLines(Policy policy, Op op) {
        return new RuleBook(op, new ClauseWriter(policy).lines(op));
    }

    /** Returns the rules, without the default. */
    public List<Clause> rules() {
        return clauses.subList(0, clauses.size() - 1);
    }

    /** Returns the default. */
    public Clause fallback() {
        return clauses.getLast();
    }

    /** Returns the clauses that allow, or those that deny, in their order. */
    public List<Clause> deciding(boolean allows) {
        return clauses.stream().filter(clause -> clause.allows() == allows).toList();
    }

    /** Returns all events of the operation. */
    public Region everything() {
        return new Region(op);
    }

    /** Returns the clauses with one action that match some event of a region, and maybe others with it; in no order. */
    public List<Clause> near(Region region, boolean allows, Budget budget) {
        return (allows ? allowing : denying).near(region, budget);
    }

    /** Returns of these clauses the ones that matter to whether any event of the region escapes all of some; in no order. */
    public List<Clause> inTheWay(Region region, boolean allows, Budget budget) {
        return (allows ? allowing : denying).inTheWay(region, budget);
    }
}
