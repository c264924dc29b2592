package org.bpfgate.policy.ipe.internal.hook;

/**
 * Whether denials count and what is recorded: {@code ipe.enforce} and {@code ipe.success_audit} of the kernel's command line.
 *
 * @param enforcing whether denials count; if not, they are recorded, and the load goes on
 * @param successAudit whether allowances are recorded too
 */
public record EnforcementSettings(boolean enforcing, boolean successAudit) {
    /** As the kernel starts. */
    static final EnforcementSettings DEFAULT = new EnforcementSettings(true, false);
}
