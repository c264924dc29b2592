package org.bpfgate.policy.ipe.eval.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would have to change for a refused load to be let in: the allow rule with the fewest properties that fail, the
 * first one on a tie. A rule counts only when the load, changed so that these properties hold, would really be let in by it:
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

    private Fix(Policy policy, BpfLoadContext load) {
        this.policy = policy;
        List<Rule> all = policy.about(Op.BPF_PROG_LOAD).rules();
        this.rules = all.size() <= MAX_RULES ? all : all.subList(0, MAX_RULES);
        this.complete = rules.size() == all.size();
        this.load = load;
    }

    /** Returns the advice for a load that the policy denies, one line for people. */
    public static String of(Policy policy, BpfLoadContext load) {
        return new Fix(policy, load).advice();
    }

    /** Returns the rule that the advice is about; null when no change makes a rule allow the load. */
    public static @Nullable Rule nearest(Policy policy, BpfLoadContext load) {
        return new Fix(policy, load).nearest();
    }

    private String advice() {
        Rule nearest = nearest();
        if (nearest != null) {
            return needs(nearest);
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

    private @Nullable Rule nearest() {
        Rule nearest = null;
        int fewest = Integer.MAX_VALUE;
        int trials = 0;
        for (Rule rule : rules) {
            List<Property> failing = rule.ruling().allows() ? failing(rule) : List.of();
            if (!failing.isEmpty() && failing.size() < fewest && trials++ < MAX_TRIALS && wouldAllow(rule, failing)) {
                nearest = rule;
                fewest = failing.size();
            }
        }
        return nearest;
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

    private boolean wouldAllow(Rule rule, List<Property> failing) {
        BpfLoadContext changed = new BpfLoadContext(load);
        for (Property property : failing) {
            Attainable attainable = attainable(property);
            if (attainable == null) {
                return false;
            }
            attainable.attainIn(changed);
        }
        return policy.decideLoad(changed) == rule.ruling();
    }

    /** Returns what a requester could bring about: of a set, its first value. */
    private static @Nullable Attainable attainable(Property property) {
        Property first = property instanceof AnyOf set ? set.members().getFirst() : property;
        return first instanceof Attainable attainable ? attainable : null;
    }

    private String needs(Rule rule) {
        StringBuilder text = new StringBuilder("line ").append(line(rule)).append(" would allow it");
        char separator = ':';
        for (Property property : failing(rule)) {
            text.append(separator).append(" needs ").append(property);
            Attainable attainable = attainable(property);
            if (attainable != null) {
                text.append(", is ").append(attainable.present(load));
            }
            separator = ';';
        }
        return text.toString();
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
            if (attainable(property) != null) {
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
