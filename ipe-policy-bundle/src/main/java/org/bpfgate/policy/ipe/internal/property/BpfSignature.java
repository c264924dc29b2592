package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Effort;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;

/**
 * {@code bpf_signature}: the verdict of the verifier {@code hornet}. The kernel keeps one slot, which the last verifier
 * overwrites; here other verifiers do not touch what this property reads.
 *
 * @param verdict the wanted verdict; {@code NONE} when hornet must not have reported
 */
public record BpfSignature(IntegrityVerdict verdict) implements EqualityProperty, Fixable {
    /** Refuses null. */
    public BpfSignature {
        Objects.requireNonNull(verdict);
    }

    @Override
    public EventAttribute attribute() {
        return new BpfIntegrity.VerdictOf(BpfLoadContext.HORNET);
    }

    @Override
    public Object wanted() {
        return verdict;
    }

    @Override
    public boolean holds(EvaluationContext event) {
        return event.verdictOf(BpfLoadContext.HORNET) == verdict;
    }

    @Override
    public void applyTo(BpfLoadContext load) {
        load.report(BpfLoadContext.HORNET, verdict);
    }

    @Override
    public Effort effort(BpfLoadContext load) {
        return load.effort(BpfLoadContext.HORNET);
    }

    @Override
    public String present(EvaluationContext load) {
        return load.verdictOf(BpfLoadContext.HORNET).name();
    }

    @Override
    public String toString() {
        return "bpf_signature=" + verdict;
    }
}
