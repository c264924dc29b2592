package org.bpfgate.policy.ipe.tools.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyExplanation.Condition;
import org.bpfgate.policy.PolicyExplanation.RuleTrial;
import org.bpfgate.policy.ipe.eval.internal.BpfLoadContext;
import org.bpfgate.policy.ipe.eval.internal.Fix;
import org.bpfgate.policy.ipe.eval.internal.Op;
import org.bpfgate.policy.ipe.eval.internal.Policy;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.policy.ipe.eval.internal.Rule;
import org.bpfgate.policy.ipe.eval.internal.Ruling;
import org.bpfgate.program.ProgramLoad;
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
        Ruling ruling = policy.dialect().includes(Op.BPF_PROG_LOAD.since()) ? policy.decide(load) : null;
        if (ruling == null) {
            return new PolicyExplanation(
                    false,
                    null,
                    List.of(),
                    null,
                    "the dialect " + policy.dialect().label()
                            + " has no op=BPF_PROG_LOAD: write the policy in ops8 or bpfgate");
        }
        return ruling.allows()
                ? new PolicyExplanation(true, ruling.basis(), trials(), null, "")
                : new PolicyExplanation(false, ruling.basis(), trials(), nearest(), Fix.of(policy, load));
    }

    private List<RuleTrial> trials() {
        List<RuleTrial> trials = new ArrayList<>();
        for (Rule rule : policy.about(Op.BPF_PROG_LOAD).rules()) {
            trials.add(trial(rule));
        }
        return trials;
    }

    private RuleTrial trial(Rule rule) {
        List<Condition> conditions = new ArrayList<>();
        for (Property property : rule.properties()) {
            conditions.add(new Condition(property.toString(), property.holds(load), Present.of(property, load)));
        }
        Ruling ruling = rule.ruling();
        return new RuleTrial(ruling.basis().line(), ruling.basis().text(), ruling.allows(), conditions);
    }

    private @Nullable RuleTrial nearest() {
        Rule nearest = Fix.nearest(policy, load);
        return nearest == null ? null : trial(nearest);
    }
}
