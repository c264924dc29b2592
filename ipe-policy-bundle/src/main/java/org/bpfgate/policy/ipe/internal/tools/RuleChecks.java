package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.search.Atom;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.bpfgate.policy.ipe.internal.search.Clause;
import org.bpfgate.policy.ipe.internal.search.CounterexampleSearch;
import org.bpfgate.policy.ipe.internal.search.Region;
import org.bpfgate.policy.ipe.internal.search.RuleBook;

/** Finds the rules of one operation that decide on nothing. */
final class RuleChecks {
    private final RuleBook book;
    private final Budget budget;

    /** The first rule with certain conditions, whatever the words and their order. */
    private final Map<Map<String, String>, Clause> seen = new HashMap<>();

    RuleChecks(RuleBook book, Budget budget) {
        this.book = book;
        this.budget = budget;
    }

    /**
     * What is wrong with a rule.
     *
     * @param rule the rule
     * @param kind how
     * @param message one line for users
     */
    record Useless(Clause rule, Kind kind, String message) {}

    /** Returns the rules that could as well be missing, in their order; ends with a note when not all were looked at. */
    List<Useless> find() {
        List<Useless> found = new ArrayList<>();
        List<Clause> rules = book.rules();
        for (int from = 0; from < rules.size(); ) {
            int to = from + 1;
            while (to < rules.size() && rules.get(to).isOfRuleOf(rules.get(from))) {
                to++;
            }
            Optional<Useless> useless = ofRule(rules.subList(from, to));
            if (budget.isSpent()) {
                found.add(unchecked(rules.get(from)));
                return found;
            }
            useless.ifPresent(found::add);
            from = to;
        }
        return found;
    }

    private static Useless unchecked(Clause rule) {
        return new Useless(
                rule,
                Kind.UNCHECKED,
                "whether this rule and the later ones of its operation have an effect would take too long to find out");
    }

    /** A rule with sets is useless when it is for each combination of their values; a part that is never reached is told too. */
    private Optional<Useless> ofRule(List<Clause> combinations) {
        List<Useless> useless = new ArrayList<>();
        int possible = 0;
        for (Clause clause : combinations) {
            if (book.everything().requireAll(clause.conditions())) {
                possible++;
                check(clause).ifPresent(useless::add);
            }
        }
        if (useless.isEmpty()) {
            return Optional.empty();
        }
        return useless.size() == possible ? Optional.of(whole(useless)) : part(useless);
    }

    private static Useless whole(List<Useless> useless) {
        for (Useless one : useless) {
            if (one.kind() == Kind.SAME_AS_DEFAULT) {
                return one;
            }
        }
        return useless.getFirst();
    }

    private static Optional<Useless> part(List<Useless> useless) {
        for (Useless one : useless) {
            if (one.kind() != Kind.SAME_AS_DEFAULT) {
                StringBuilder words = new StringBuilder("a part of it:");
                one.rule().conditions().forEach(atom -> words.append(' ').append(atom.word()));
                return Optional.of(new Useless(one.rule(), Kind.UNREACHABLE, words + " is " + one.message()));
            }
        }
        return Optional.empty();
    }

    /** A contradiction is told where its words are; here the rule only does not count. */
    private Optional<Useless> check(Clause rule) {
        Region region = book.everything();
        if (!region.requireAll(rule.conditions())) {
            return Optional.empty();
        }
        Clause twin = seen.putIfAbsent(Map.copyOf(region.fixed()), rule);
        if (twin != null && !twin.isOfRuleOf(rule)) {
            return Optional.of(repeated(rule, twin));
        }
        List<Clause> earlier = inTheWay(region, clause -> clause.number() < rule.number());
        if (new CounterexampleSearch(budget).outside(region, conditions(earlier)) == null) {
            return Optional.of(new Useless(rule, Kind.UNREACHABLE, "never reached: " + cover(region, earlier)));
        }
        return isLikeDefault(rule, region) ? Optional.of(likeDefault(rule)) : Optional.empty();
    }

    private static Useless repeated(Clause rule, Clause twin) {
        return rule.allows() == twin.allows()
                ? new Useless(rule, Kind.DUPLICATE, "the same as line " + line(twin))
                : new Useless(
                        rule,
                        Kind.UNREACHABLE,
                        "never reached: line " + line(twin) + " has the same conditions and decides the other way");
    }

    private static String cover(Region region, List<Clause> earlier) {
        for (Clause clause : earlier) {
            if (List.of().equals(region.uncertain(clause.conditions()))) {
                return "line " + line(clause) + " matches all that it matches";
            }
        }
        return "the earlier rules together match all that it matches";
    }

    private boolean isLikeDefault(Clause rule, Region region) {
        if (rule.allows() != book.fallback().allows()) {
            return false;
        }
        for (Clause later : book.near(region, !rule.allows(), budget)) {
            if (later.number() > rule.number() && changesHands(rule, region, later)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a later rule with the opposite action would decide on something without this rule. */
    private boolean changesHands(Clause rule, Region region, Clause later) {
        Region both = region.copy();
        if (!both.requireAll(later.conditions())) {
            return false;
        }
        List<Clause> before = inTheWay(
                both,
                clause -> clause.number() < rule.number()
                        || (clause.number() > rule.number()
                                && clause.number() < later.number()
                                && clause.allows() == rule.allows()));
        return new CounterexampleSearch(budget).outside(both, conditions(before)) != null;
    }

    private List<Clause> inTheWay(Region region, Predicate<Clause> kind) {
        List<Clause> found = new ArrayList<>();
        for (boolean allows : new boolean[] {true, false}) {
            for (Clause clause : book.inTheWay(region, allows, budget)) {
                if (kind.test(clause)) {
                    found.add(clause);
                }
            }
        }
        return found;
    }

    private Useless likeDefault(Clause rule) {
        return new Useless(
                rule,
                Kind.SAME_AS_DEFAULT,
                "has no effect: the default at line " + line(book.fallback()) + " decides the same");
    }

    private static List<Set<Atom>> conditions(List<Clause> clauses) {
        return clauses.stream().map(Clause::conditions).toList();
    }

    private static int line(Clause clause) {
        return Objects.requireNonNull(clause.ruling(), "a policy that is linted has a line for it")
                .basis()
                .line();
    }
}
