package org.bpfgate.policy.ipe.internal.property.signature;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.policy.ipe.internal.property.Fixable;

/**
 * {@code bpf_signature} of the dialect {@link Dialect#OPS9}: what the kernel's own check found, which in this gate is the
 * verifier {@code native}.
 *
 * @param verdict the wanted verdict
 */
public record LoaderSignature(LoaderVerdict verdict) implements EqualityProperty, Fixable {
    /** Refuses null. */
    public LoaderSignature {
        Objects.requireNonNull(verdict);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.LOADER_VERDICT;
    }

    @Override
    public Object wanted() {
        return verdict;
    }

    @Override
    public void applyTo(BpfLoadContext load) {
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
