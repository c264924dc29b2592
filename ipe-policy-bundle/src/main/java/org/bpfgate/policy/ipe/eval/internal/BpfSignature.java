package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;
import org.bpfgate.integrity.IntegrityVerdict;

/**
 * {@code bpf_signature}: the verdict of the verifier {@code hornet}. The kernel keeps one slot, which the last verifier
 * overwrites; here other verifiers do not touch what this property reads.
 *
 * @param verdict the wanted verdict; {@code NONE} when hornet must not have reported
 */
public record BpfSignature(IntegrityVerdict verdict) implements Discriminating, Attainable {
    static final String HORNET = "hornet";

    /** Refuses null. */
    public BpfSignature {
        Objects.requireNonNull(verdict);
    }

    @Override
    public Dimension dimension() {
        return new VerdictOf(HORNET);
    }

    @Override
    public Object wanted() {
        return verdict;
    }

    @Override
    public boolean holds(EvaluationContext event) {
        return event.verdictOf(HORNET) == verdict;
    }

    @Override
    public void attainIn(BpfLoadContext load) {
        load.report(HORNET, verdict);
    }

    @Override
    public Effort effort(BpfLoadContext load) {
        return load.effort(HORNET);
    }

    @Override
    public String present(EvaluationContext load) {
        return load.verdictOf(HORNET).name();
    }

    @Override
    public String toString() {
        return "bpf_signature=" + verdict;
    }
}
