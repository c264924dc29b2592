package org.bpfgate.policy.ipe.internal.hook;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/**
 * What the module decides by: a policy and the enforcement settings, replaced together in one write. Immutable.
 *
 * @param policy the active policy; null for none
 * @param withoutPolicy what holds while there is none: a denial that says why
 * @param enforcement whether denials count, and what is recorded
 */
public record ActivePolicy(@Nullable Policy policy, HookResult withoutPolicy, EnforcementSettings enforcement) {
    /** The denial of a module that has never had a policy. */
    private static final HookResult NO_POLICY =
            HookResult.deny(Errno.EACCES, "no policy is loaded").withFix("load a policy that allows the program");

    /** As a module starts. */
    static final ActivePolicy START = new ActivePolicy(null, NO_POLICY, EnforcementSettings.DEFAULT);

    /** Refuses nulls, and allowances where there is no policy. */
    public ActivePolicy {
        Objects.requireNonNull(enforcement);
        if (withoutPolicy.isAllow()) {
            throw new IllegalArgumentException("without a policy nothing is allowed");
        }
    }

    /** The same settings with another policy; null for none. */
    public ActivePolicy with(@Nullable Policy next) {
        return new ActivePolicy(next, NO_POLICY, enforcement);
    }

    /**
     * The same settings without a policy.
     *
     * @param reason why there is none, for users
     * @param fix what to do about it
     */
    public ActivePolicy without(String reason, String fix) {
        return new ActivePolicy(null, HookResult.deny(Errno.EACCES, reason).withFix(fix), enforcement);
    }

    /** The same policy with other settings. */
    public ActivePolicy with(EnforcementSettings next) {
        return new ActivePolicy(policy, withoutPolicy, next);
    }

    /**
     * Decides on a load: fills the context, evaluates the policy, and records the result.
     *
     * @return the result of {@link PolicyEvaluation}; while denials do not count, in place of a denial an allowance that names the line
     *     that denied, and why
     */
    HookResult decide(ProgramLoad load, BpfLoadContext context, AccessAudit audit) {
        context.describe(load);
        HookResult result = PolicyEvaluation.evaluate(this, context);
        audit.decided(load, result, enforcement);
        return result.isAllow() || enforcement.enforcing() ? result : result.permitted();
    }
}
