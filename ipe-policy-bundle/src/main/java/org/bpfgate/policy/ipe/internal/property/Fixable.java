package org.bpfgate.policy.ipe.internal.property;

import org.bpfgate.policy.ipe.internal.event.BpfLoadContext;
import org.bpfgate.policy.ipe.internal.event.Effort;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;

/**
 * A property of a load that the client can bring about: by signing or listing the program, or by asking for
 * another keyring. The client itself is not such a property.
 */
public interface Fixable extends Property {
    /** Changes the load so that this property holds. */
    void applyTo(BpfLoadContext load);

    /** Returns what the load has in place of the wanted value, for users. */
    String present(EvaluationContext load);

    /** Returns how much has to be done until this property holds, to compare with others that do not hold. */
    default Effort effort(BpfLoadContext load) {
        return Effort.NEW;
    }
}
