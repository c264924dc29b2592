package org.bpfgate.policy.ipe.internal.hook;

import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.policy.Fix;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.property.Property;

/** Makes the denial of a load: the reason, and what would have to change. */
final class Denial {
    private Denial() {}

    /** The denial of a load by a line of a policy. */
    static HookResult of(Policy policy, BpfLoadContext load, Ruling ruling) {
        PolicyBasis basis = ruling.basis();
        String reason = basis.kind() == PolicyBasis.Kind.RULE
                ? denyingRule(policy, ruling)
                : "no rule allows " + reports(load) + "; the default denies";
        return HookResult.deny(Errno.EACCES, reason).withBasis(basis).withFix(Fix.of(policy, load));
    }

    private static String denyingRule(Policy policy, Ruling ruling) {
        int line = ruling.basis().line();
        return "rule at line " + line + " denies" + conditions(policy.ruleOfLoadsAt(line));
    }

    private static String conditions(Rule rule) {
        if (rule.properties().isEmpty()) {
            return " every program";
        }
        StringBuilder text = new StringBuilder(":");
        for (Property property : rule.properties()) {
            text.append(' ').append(property);
        }
        return text.toString();
    }

    private static String reports(BpfLoadContext load) {
        String reports = load.describeReports();
        return reports.isEmpty() ? "a program that no verifier reports on" : reports;
    }
}
