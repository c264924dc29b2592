package org.bpfgate.policy.ipe.internal.policy;

import java.util.Objects;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.HookResult;
import org.jspecify.annotations.Nullable;

/** What one line of a policy, a rule or a default, decides. Immutable, and made once when the policy is read. */
public final class Ruling {
    private final Action action;
    private final PolicyBasis basis;
    private final @Nullable HookResult allowance;

    /**
     * Makes a ruling.
     *
     * @param action what the line says
     * @param basis where it says so
     */
    public Ruling(Action action, PolicyBasis basis) {
        this.action = Objects.requireNonNull(action);
        this.basis = Objects.requireNonNull(basis);
        this.allowance = action == Action.ALLOW ? HookResult.allow(basis) : null;
    }

    /** Returns whether the line allows. */
    public boolean allows() {
        return action == Action.ALLOW;
    }

    /** Returns the line. */
    public PolicyBasis basis() {
        return basis;
    }

    /**
     * Returns the allowance that names the line; always the same object.
     *
     * @throws NullPointerException when the line denies: what a denial says depends on the event
     */
    public HookResult allowance() {
        return Objects.requireNonNull(allowance, "a line that denies makes no allowance");
    }
}
