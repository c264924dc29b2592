package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;
import org.bpfgate.program.ProgramDigest;

/**
 * {@code bpf_digest}: the digest of the program, see {@link org.bpfgate.program.Instructions#digest()}. It holds for no program
 * whose digest cannot be known before the load.
 *
 * @param digest the wanted digest
 */
public record BpfDigest(ProgramDigest digest) implements EqualityProperty {
    /** Refuses null. */
    public BpfDigest {
        Objects.requireNonNull(digest);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.PROGRAM_DIGEST;
    }

    @Override
    public Object wanted() {
        return digest;
    }

    @Override
    public String toString() {
        return "bpf_digest=" + digest;
    }
}
