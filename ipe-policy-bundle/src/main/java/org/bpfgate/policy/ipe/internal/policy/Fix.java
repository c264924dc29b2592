package org.bpfgate.policy.ipe.internal.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.BpfIntegrity;
import org.bpfgate.policy.ipe.internal.property.Fixable;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would have to change for a refused load to be allowed: the allow rule with the fewest properties that fail, on a tie the
 * one with the least effort, and then the first one. A second rule that is as near and asks for something else is named too. A rule counts only when the load, changed so that these properties hold, would really be allowed by it:
 * not one that asks for what no requester can change, nor one behind a rule that would still deny.
 */
public final class Fix {
    /** So many rules are looked at, from the first on: a denial stays quick however large the policy is. */
    private static final int MAX_RULES = 1024;

    /** So many of them are tried at most. */
    private static final int MAX_TRIALS = 256;

    private final Policy policy;
    private final List<Rule> rules;

    /** Whether these are all rules of the policy. */
    private final boolean complete;

    private final BpfLoadContext load;

    /**
     * A rule that would let the load in.
     *
     * @param failing its properties that do not hold
     * @param effort what has to be done until they hold, the sum over them
     */
    private record Candidate(Rule rule, List<Property> failing, int effort) {
        boolean isNearerThan(Candidate other) {
            return failing.size() < other.failing.size()
                    || (failing.size() == other.failing.size() && effort < other.effort);
        }

        boolean isAlternativeTo(Candidate other) {
            return failing.size() == other.failing.size()
                    && effort == other.effort
                    && !failing.toString().equals(other.failing.toString());
        }
    }

    private Fix(Policy policy, BpfLoadContext load) {
        this.policy = policy;
        List<Rule> all = policy.about(Op.BPF_PROG_LOAD).rules();
        this.rules = all.size() <= MAX_RULES ? all : all.subList(0, MAX_RULES);
        this.complete = rules.size() == all.size();
        this.load = load;
    }

    /** Returns the advice for a load that the policy denies, one line for users. */
    public static String of(Policy policy, BpfLoadContext load) {
        return new Fix(policy, load).advice();
    }

    /** Returns the rule that the advice is about; null when no change makes a rule allow the load. */
    public static @Nullable Rule nearest(Policy policy, BpfLoadContext load) {
        List<Candidate> nearest = new Fix(policy, load).nearest();
        return nearest.isEmpty() ? null : nearest.getFirst().rule();
    }

    private String advice() {
        List<Candidate> nearest = nearest();
        if (!nearest.isEmpty()) {
            String first = "line " + line(nearest.getFirst().rule()) + " would allow it: "
                    + needs(nearest.getFirst().failing());
            return nearest.size() == 1
                    ? first
                    : first + "; or line " + line(nearest.getLast().rule()) + ": "
                            + needs(nearest.getLast().failing());
        }
        if (!complete) {
            return "none of the first " + MAX_RULES
                    + " rules would allow it by a change of the signature, the lists or the"
                    + " keyring; later ones were not tried";
        }
        return withoutRule();
    }

    private String withoutRule() {
        Ruling fallback = policy.defaultOf(Op.BPF_PROG_LOAD);
        List<Rule> deniers = deniers();
        if (fallback != null && fallback.allows() && areAvoidable(deniers)) {
            return unless(deniers, fallback);
        }
        return hasAllowRule()
                ? "no change of one signature, the lists or the keyring would make a rule allow it" + nearestOfAll()
                : "no rule of the policy allows any program";
    }

    /** Names what else the nearest rule asks for, such as another requester; nothing where a rule before it denies. */
    private String nearestOfAll() {
        Ruling decided = policy.decideLoad(load);
        Rule nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (Rule rule : rules) {
            if (rule.ruling() == decided) {
                break;
            }
            int failing = rule.ruling().allows() ? failing(rule).size() : 0;
            if (failing > 0 && failing < fewest) {
                nearest = rule;
                fewest = failing;
            }
        }
        if (nearest == null) {
            return "";
        }
        String needs = failing(nearest).stream().map(Property::toString).collect(Collectors.joining(" and "));
        return "; the nearest, line " + line(nearest) + ", needs " + needs;
    }

    /** Returns the nearest rule, and with it another one that is as near; neither when no change makes a rule allow the load. */
    private List<Candidate> nearest() {
        Candidate nearest = null;
        Candidate other = null;
        int trials = 0;
        for (Rule rule : rules) {
            Candidate candidate = rule.ruling().allows() ? candidate(rule) : null;
            if (candidate == null) {
                continue;
            }
            boolean isNearer = nearest == null || candidate.isNearerThan(nearest);
            boolean isOther = nearest != null && other == null && candidate.isAlternativeTo(nearest);
            if ((isNearer || isOther) && trials++ < MAX_TRIALS && wouldAllow(candidate)) {
                other = isNearer ? null : candidate;
                nearest = isNearer ? candidate : nearest;
            }
        }
        if (nearest == null) {
            return List.of();
        }
        return other == null ? List.of(nearest) : List.of(nearest, other);
    }

    /** Returns null for a rule that no requester can meet, or that the load meets already. */
    private @Nullable Candidate candidate(Rule rule) {
        List<Property> failing = failing(rule);
        int effort = 0;
        for (Property property : failing) {
            Fixable fixable = fixable(property);
            if (fixable == null) {
                return null;
            }
            effort += fixable.effort(load).weight();
        }
        return failing.isEmpty() ? null : new Candidate(rule, failing, effort);
    }

    private List<Property> failing(Rule rule) {
        List<Property> failing = new ArrayList<>();
        for (Property property : rule.properties()) {
            if (!property.holds(load)) {
                failing.add(property);
            }
        }
        return failing;
    }

    private boolean wouldAllow(Candidate candidate) {
        BpfLoadContext changed = new BpfLoadContext(load);
        for (Property property : candidate.failing()) {
            Fixable fixable = fixable(property);
            if (fixable != null) {
                fixable.applyTo(changed);
            }
        }
        return policy.decideLoad(changed) == candidate.rule().ruling();
    }

    /** Returns what a requester could bring about: of a set, its first value. */
    private static @Nullable Fixable fixable(Property property) {
        Property first = property instanceof AnyOf set ? set.members().getFirst() : property;
        return first instanceof Fixable fixable ? fixable : null;
    }

    private String needs(List<Property> failing) {
        return failing.stream().map(this::need).collect(Collectors.joining("; "));
    }

    private String need(Property property) {
        Fixable fixable = fixable(property);
        if (fixable == null) {
            return "needs " + property;
        }
        boolean isRevoked = fixable instanceof BpfIntegrity wanted
                && load.isRevoked(wanted.verifier().name());
        return "needs " + property + ", is " + fixable.present(load)
                + (isRevoked ? ": revoked, which no list outweighs; lift the revocation first" : "");
    }

    private static boolean areAvoidable(List<Rule> deniers) {
        for (Rule rule : deniers) {
            if (!isAvoidable(rule)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAvoidable(Rule rule) {
        for (Property property : rule.properties()) {
            if (fixable(property) != null) {
                return true;
            }
        }
        return false;
    }

    private List<Rule> deniers() {
        List<Rule> deniers = new ArrayList<>();
        for (Rule rule : rules) {
            if (!rule.ruling().allows() && rule.matches(load)) {
                deniers.add(rule);
            }
        }
        return deniers;
    }

    private static String unless(List<Rule> deniers, Ruling fallback) {
        StringBuilder text = new StringBuilder("the default at line ")
                .append(fallback.basis().line())
                .append(" would allow it if it did not match line ");
        String separator = "";
        for (Rule rule : deniers) {
            text.append(separator).append(line(rule));
            separator = ", line ";
        }
        return text.toString();
    }

    private boolean hasAllowRule() {
        for (Rule rule : rules) {
            if (rule.ruling().allows()) {
                return true;
            }
        }
        return false;
    }

    private static int line(Rule rule) {
        return rule.ruling().basis().line();
    }
}
