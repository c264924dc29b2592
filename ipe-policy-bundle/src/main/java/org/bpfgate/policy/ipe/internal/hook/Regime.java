package org.bpfgate.policy.ipe.internal.hook;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * What the module decides by: a policy and the switches, replaced together in one write. Immutable.
 *
 * @param policy the active policy; null for none
 * @param withoutPolicy what holds while there is none: a denial that says why
 * @param switches whether denials count, and what is recorded
 */
public record Regime(@Nullable Policy policy, HookResult withoutPolicy, Switches switches) {
    /** As a module starts. */
    static final Regime START = new Regime(null, LoadEvaluation.NO_POLICY, Switches.DEFAULT);

    /** Refuses nulls, and allowances where there is no policy. */
    public Regime {
        Objects.requireNonNull(switches);
        if (withoutPolicy.isAllow()) {
            throw new IllegalArgumentException("without a policy nothing is allowed");
        }
    }

    /** The same switches with another policy; null for none. */
    public Regime with(@Nullable Policy next) {
        return new Regime(next, LoadEvaluation.NO_POLICY, switches);
    }

    /**
     * The same switches without a policy.
     *
     * @param reason why there is none, for people
     * @param fix what to do about it
     */
    public Regime without(String reason, String fix) {
        return new Regime(null, HookResult.deny(Errno.EACCES, reason).withFix(fix), switches);
    }

    /** The same policy with other switches. */
    public Regime with(Switches next) {
        return new Regime(policy, withoutPolicy, next);
    }

    /**
     * Decides on a load, and records the decision: every denial, and allowances on request. While denials do not count, one becomes
     * an allowance that names the line that denied, and why.
     */
    HookResult decide(ProgramLoad load, BpfLoadContext context, AccessAudit audit) {
        context.describe(load);
        HookResult ruling = evaluate(context);
        if (switches.successAudit() || !ruling.isAllow()) {
            audit.decided(load, ruling, switches.enforcing() && load.isEnforced());
        }
        return ruling.isAllow() || switches.enforcing() ? ruling : ruling.permitted();
    }

    /** Has a result in every case, with a policy and without one. */
    private HookResult evaluate(BpfLoadContext context) {
        return policy == null ? withoutPolicy : LoadEvaluation.evaluate(policy, context);
    }
}
