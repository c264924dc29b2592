package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.jspecify.annotations.Nullable;

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
