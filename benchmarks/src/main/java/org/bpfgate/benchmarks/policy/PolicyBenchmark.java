package org.bpfgate.benchmarks.policy;

import java.util.List;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One load and a policy whose last rule lets it in: as the policy decides, and as a walk over its rules does. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH fills the fields before each trial.
public class PolicyBenchmark {
    /** How many rules the policy has. */
    @Param("10")
    public int rules;

    private byte[] text;
    private Policy policy;
    private List<Rule> all;
    private BpfLoadContext load;

    /** Reads the policy. */
    @Setup
    public void read() {
        text = ManyRules.text(rules);
        policy = ManyRules.read(text);
        all = policy.about(Op.BPF_PROG_LOAD).rules();
        load = ManyRules.load();
        if (policy.decide(load) != all.getLast().ruling()
                || walk() != all.getLast().ruling()) {
            throw new IllegalStateException("the last rule is the one that matches");
        }
    }

    /** The policy's own way. */
    @Benchmark
    public @Nullable Ruling indexed() {
        return policy.decide(load);
    }

    /** The kernel's way. */
    @Benchmark
    public @Nullable Ruling walk() {
        for (Rule rule : all) {
            if (rule.matches(load)) {
                return rule.ruling();
            }
        }
        return policy.globalDefault();
    }

    /** From bytes to a policy that is ready to decide. */
    @Benchmark
    public Policy parse() {
        return ManyRules.read(text);
    }
}
