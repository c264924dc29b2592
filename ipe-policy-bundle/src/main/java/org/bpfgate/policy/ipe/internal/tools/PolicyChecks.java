package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.parser.Comments;
import org.bpfgate.policy.ipe.internal.parser.PolicySource;
import org.bpfgate.policy.ipe.internal.parser.Statement;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.search.Atom;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.bpfgate.policy.ipe.internal.search.Clause;
import org.bpfgate.policy.ipe.internal.search.CounterexampleSearch;
import org.bpfgate.policy.ipe.internal.search.Region;
import org.bpfgate.policy.ipe.internal.search.RuleBook;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Looks at what a policy as a whole does in this gate, which decides on BPF loads and on nothing else. */
final class PolicyChecks {
    private static final Set<Op> OF_LOADS = Set.of(Op.BPF_PROG_LOAD, Op.BPF_PROG_LOAD_POST_INTEGRITY);

    /** A feature probe as a loader makes it: unsigned, listed nowhere, by a process. */
    private static final List<Atom> PROBE = List.of(
            new Atom("bpf_probe", Atom.TRUE),
            new Atom("bpf_kernel", Atom.FALSE),
            new Atom(Atom.HORNET, "UNSIGNED"),
            new Atom(Atom.NATIVE, "UNSIGNED"),
            new Atom(Atom.VERDICT + "allowlist", "UNSIGNED"));

    private final PolicySource source;
    private final RuleBook book;
    private final List<PolicyWarning> found = new ArrayList<>();

    private PolicyChecks(PolicySource source, Policy policy) {
        this.source = source;
        this.book = RuleBook.of(policy, Op.BPF_PROG_LOAD);
    }

    /** Returns what is suspicious about a policy without errors. */
    static List<PolicyWarning> of(PolicySource source, Policy policy) {
        PolicyChecks checks = new PolicyChecks(source, policy);
        checks.otherOperations();
        checks.loads();
        for (Comments.Misplaced comment : source.misplaced()) {
            checks.warn(
                    new Word("#", comment.line(), comment.column()),
                    Kind.DIALECT_UNREAD,
                    "only the first line of a policy names its dialect: this comment is not read, and the policy is read as "
                            + policy.dialect().label());
        }
        return checks.found;
    }

    private void otherOperations() {
        for (Statement statement : source.statements()) {
            if (statement instanceof Statement.Conditional rule
                    && !OF_LOADS.contains(rule.op().value())) {
                Op op = rule.op().value();
                warn(
                        rule.op().word(),
                        Kind.FILE_OPERATION,
                        op == Op.POLICY
                                ? "op=POLICY is about files of policies that a kernel reads: it does not govern BPF programs,"
                                        + " and bpfgate does not decide on it"
                                : "bpfgate decides on BPF loads only: a rule for op=" + op
                                        + " has an effect in a kernel and none here");
            }
        }
    }

    private void loads() {
        boolean allowsAny = reachable(List.of());
        if (!allowsAny) {
            warn(header(), Kind.DENIES_EVERY_LOAD, "no BPF load is let in" + because());
        } else if (source.dialect() == Dialect.BPFGATE && !reachable(PROBE)) {
            warn(
                    header(),
                    Kind.DENIES_PROBES,
                    "no rule lets in the feature probes that libbpf and other loaders make before they load a program: they give up,"
                            + " or load another one; op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW lets them in");
        }
    }

    private String because() {
        return source.dialect() == Dialect.OPS7
                ? ": the dialect ops7 has no word for BPF programs; write the policy in bpfgate"
                : ": the default denies and no rule for op=BPF_PROG_LOAD allows one";
    }

    /** Whether a load that meets some conditions can be allowed; true too when that would take too long to find out. */
    private boolean reachable(List<Atom> conditions) {
        Budget budget = new Budget(Budget.USUAL);
        for (Clause allow : book.deciding(true)) {
            Region region = book.everything();
            if (region.requireAll(conditions)
                    && region.requireAll(allow.conditions())
                    && escapes(region, allow, budget)) {
                return true;
            }
        }
        return budget.isSpent();
    }

    private boolean escapes(Region region, Clause allow, Budget budget) {
        List<Set<Atom>> before = book.inTheWay(region, false, budget).stream()
                .filter(clause -> clause.number() < allow.number())
                .map(Clause::conditions)
                .toList();
        return budget.isSpent() || new CounterexampleSearch(budget).outside(region, before) != null;
    }

    private Word header() {
        Statement first = source.statements().getFirst();
        return Objects.requireNonNull(
                first instanceof Statement.Header header ? header.name().word() : null);
    }

    private void warn(Word word, Kind kind, String message) {
        found.add(new PolicyWarning(kind, word.line(), word.column(), message));
    }
}
