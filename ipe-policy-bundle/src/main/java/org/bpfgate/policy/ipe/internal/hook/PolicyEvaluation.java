package org.bpfgate.policy.ipe.internal.hook;

import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyKey;

/** Decides on a load in every case. A module without a policy denies. */
final class PolicyEvaluation {
    /**
     * The denial of a load whose signature the kernel of {@link Dialect#OPS9} refuses before it asks the policy. Without a report
     * nothing is known about the signature.
     */
    private static final HookResult REFUSED_BY_KERNEL = HookResult.deny(
                    Errno.EACCES,
                    "the verifier native reports no good signature and not that there is none: in the dialect ops9"
                            + " such a load is refused before the policy is asked")
            .withFix("sign the program with a key of the keyring that the load asks for, or load it without a"
                    + " signature");

    private static final Property TRIAL = PropertyKey.BPF_TRIAL.wants(true);

    private PolicyEvaluation() {}

    /**
     * Decides on a load.
     *
     * <p>A policy whose dialect has no {@code op=BPF_PROG_LOAD} denies every load. To a kernel such a load would be an unknown
     * operation, for which the policy's default holds, or an allowance when there is none; but whoever wrote that default
     * did not write about BPF programs, and mainline's advice for such policies is to allow by default. So it allows
     * nothing here.
     *
     * @param active the active policy, or none and the denial that stands in its place
     * @param load the load with all its verdicts
     * @return the allowance of the line that decided, made when the policy was read; a denial that allows a trial, when a rule with
     *     {@code bpf_trial=TRUE} decided, or would if the load could be tried; or a denial with {@code EACCES}, the
     *     reason and what would have to change, and the line that decided, unless there is no policy or it has no word for BPF
     */
    static HookResult evaluate(ActivePolicy active, BpfLoadContext load) {
        Policy policy = active.policy();
        if (policy == null) {
            return active.withoutPolicy();
        }
        if (!policy.dialect().includes(Op.BPF_PROG_LOAD.since())) {
            return wordless(policy);
        }
        if (policy.dialect() == Dialect.OPS9 && load.loaderVerdict() == null) {
            return REFUSED_BY_KERNEL;
        }
        Ruling ruling = policy.decideLoad(load);
        if (!ruling.allows()) {
            HookResult denial = Denial.of(policy, load, ruling);
            return wouldBeTried(policy, load) ? denial.withTrialAllowed() : denial;
        }
        return load.trial() && isForTrials(policy, ruling) ? trial(ruling) : ruling.allowance();
    }

    /**
     * Whether a rule allows the trial of a load that cannot be tried. The denial then says so: the mediator knows what keeps the load
     * from being tried, and adds it.
     */
    private static boolean wouldBeTried(Policy policy, BpfLoadContext load) {
        if (load.trial()) {
            return false;
        }
        BpfLoadContext triable = new BpfLoadContext(load);
        triable.becomeTriable();
        Ruling ruling = policy.decideLoad(triable);
        return ruling.allows() && isForTrials(policy, ruling);
    }

    /** A rule about loads that can be tried allows nothing but the trial. */
    private static boolean isForTrials(Policy policy, Ruling ruling) {
        return ruling.basis().kind() == PolicyBasis.Kind.RULE
                && policy.about(Op.BPF_PROG_LOAD)
                        .ruleAt(ruling.basis().line())
                        .properties()
                        .contains(TRIAL);
    }

    private static HookResult trial(Ruling ruling) {
        return HookResult.deny(
                        Errno.EACCES,
                        "rule at line " + ruling.basis().line() + " allows a trial of the program and not the program")
                .withBasis(ruling.basis())
                .withTrialAllowed();
    }

    private static HookResult wordless(Policy policy) {
        return HookResult.deny(
                        Errno.EACCES,
                        "policy " + policy.header().name() + " is written in the dialect "
                                + policy.dialect().label() + ", which has no op=BPF_PROG_LOAD")
                .withFix("write the policy in the dialect bpfgate, ops8 or ops9");
    }
}
