package org.bpfgate.policy.ipe.internal.property;

import java.util.Objects;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Effort;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.jspecify.annotations.Nullable;

/**
 * {@code bpf_integrity}: the verdict of a verifier by its name.
 *
 * @param verifier the verifier; only its name counts
 * @param verdict the wanted verdict; {@code NONE} when the verifier must not have reported
 */
public record BpfIntegrity(LsmId verifier, IntegrityVerdict verdict) implements EqualityProperty, Fixable {
    /** Refuses nulls. */
    public BpfIntegrity {
        Objects.requireNonNull(verifier);
        Objects.requireNonNull(verdict);
    }

    @Override
    public EventAttribute attribute() {
        return new VerdictOf(verifier.name());
    }

    @Override
    public Object wanted() {
        return verdict;
    }

    @Override
    public boolean holds(EvaluationContext event) {
        return event.verdictOf(verifier.name()) == verdict;
    }

    @Override
    public void applyTo(BpfLoadContext load) {
        load.report(verifier.name(), verdict);
    }

    @Override
    public Effort effort(BpfLoadContext load) {
        return load.effort(verifier.name());
    }

    @Override
    public String present(EvaluationContext load) {
        return load.verdictOf(verifier.name()).name();
    }

    @Override
    public String toString() {
        return "bpf_integrity=" + verifier + ":" + verdict;
    }

    /**
     * The attribute of one verifier's verdict.
     *
     * @param verifier its name
     */
    record VerdictOf(String verifier) implements EventAttribute {
        @Override
        public @Nullable IntegrityVerdict value(EvaluationContext event, int n) {
            return n == 0 ? event.verdictOf(verifier) : null;
        }
    }
}
