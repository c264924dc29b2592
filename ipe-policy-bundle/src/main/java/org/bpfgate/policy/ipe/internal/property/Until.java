package org.bpfgate.policy.ipe.internal.property;

import java.time.Instant;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;

/**
 * {@code until}: the gate's clock has not come to this time. So a rule counts until then and is passed over afterwards.
 *
 * @param end the first moment at which it does not hold; whole seconds
 */
public record Until(Instant end) implements Property {
    @Override
    public boolean holds(EvaluationContext event) {
        return event.epochSecond() < end.getEpochSecond();
    }

    @Override
    public String toString() {
        return "until=" + end;
    }
}
