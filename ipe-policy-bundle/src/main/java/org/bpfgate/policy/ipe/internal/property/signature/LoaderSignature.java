package org.bpfgate.policy.ipe.internal.property.signature;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Dimension;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;
import org.bpfgate.policy.ipe.internal.property.Attainable;
import org.bpfgate.policy.ipe.internal.property.Discriminating;

/**
 * {@code bpf_signature} of the dialect {@link Dialect#OPS9}: what the kernel's own check found, which in this gate is the
 * verifier {@code native}.
 *
 * @param verdict the wanted verdict
 */
public record LoaderSignature(LoaderVerdict verdict) implements Discriminating, Attainable {
    /** Refuses null. */
    public LoaderSignature {
        Objects.requireNonNull(verdict);
    }

    @Override
    public Dimension dimension() {
        return Fact.LOADER_VERDICT;
    }

    @Override
    public Object wanted() {
        return verdict;
    }

    @Override
    public void attainIn(BpfLoadContext load) {
        load.find(verdict);
    }

    @Override
    public String present(EvaluationContext load) {
        LoaderVerdict found = load.loaderVerdict();
        return found == null ? "a signature that is refused" : found.name();
    }

    @Override
    public String toString() {
        return "bpf_signature=" + verdict;
    }
}
