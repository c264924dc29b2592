package org.bpfgate.policy.ipe.internal.tools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Fix;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/** Tries every rule of a policy on one load. */
final class Explainer {
    private final Policy policy;
    private final BpfLoadContext load;

    Explainer(Policy policy, ProgramLoad load, LoadDecision decision) {
        this.policy = policy;
        this.load = new BpfLoadContext();
        for (LoadDecision.Report entry : decision.reports()) {
            this.load.report(entry.verifier().name(), entry.report());
        }
        this.load.describe(load);
    }

    PolicyExplanation explain() {
        if (!policy.dialect().includes(Op.BPF_PROG_LOAD.since())) {
            return undecided("the dialect " + policy.dialect().label()
                    + " has no op=BPF_PROG_LOAD: write the policy in bpfgate, ops8 or ops9");
        }
        if (policy.dialect() == Dialect.OPS9 && load.loaderVerdict() == null) {
            return undecided("in the dialect ops9 a load with such a signature is refused before the policy is asked");
        }
        Ruling ruling = policy.decideLoad(load);
        return ruling.allows()
                ? new PolicyExplanation(true, ruling.basis(), trials(), null, "")
                : new PolicyExplanation(false, ruling.basis(), trials(), nearest(), Fix.of(policy, load));
    }

    private static PolicyExplanation undecided(String advice) {
        return new PolicyExplanation(false, null, List.of(), null, advice);
    }

    private List<RuleTrial> trials() {
        List<RuleTrial> trials = new ArrayList<>();
        for (Op op : List.of(Op.BPF_PROG_LOAD, Op.BPF_PROG_LOAD_POST_INTEGRITY)) {
            for (Rule rule : policy.about(op).rules()) {
                trials.add(trial(rule));
            }
        }
        trials.sort(Comparator.comparingInt(RuleTrial::line));
        return trials;
    }

    private RuleTrial trial(Rule rule) {
        List<Condition> conditions = new ArrayList<>();
        for (Property property : rule.properties()) {
            conditions.add(new Condition(property.toString(), property.holds(load), CurrentValue.of(property, load)));
        }
        Ruling ruling = rule.ruling();
        return new RuleTrial(ruling.basis().line(), ruling.basis().text(), ruling.allows(), conditions);
    }

    private @Nullable RuleTrial nearest() {
        Rule nearest = Fix.nearest(policy, load);
        return nearest == null ? null : trial(nearest);
    }
}
