package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_client_exe}: SHA-256 of the executable file of the process that asks. It holds for no load without such a process,
 * and for none whose executable cannot be read.
 *
 * @param digest the wanted digest
 */
public record BpfClientExe(Sha256 digest) implements EqualityProperty {
    /** Refuses null. */
    public BpfClientExe {
        Objects.requireNonNull(digest);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.CLIENT_EXECUTABLE;
    }

    @Override
    public Object wanted() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return "bpf_client_exe=" + digest;
    }
}
