package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;

/**
 * {@code bpf_signature} of the dialect {@link Dialect#OPS9}: what the kernel's own check found, which in this gate is the
 * verifier {@code native}.
 *
 * @param verdict the wanted verdict
 */
public record LoaderSignature(LoaderVerdict verdict) implements EqualityProperty, Fixable {
    private static final EventAttribute ATTRIBUTE = EventAttribute.one(EvaluationContext::loaderVerdict);

    /** Refuses null. */
    public LoaderSignature {
        Objects.requireNonNull(verdict);
    }

    @Override
    public EventAttribute attribute() {
        return ATTRIBUTE;
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
