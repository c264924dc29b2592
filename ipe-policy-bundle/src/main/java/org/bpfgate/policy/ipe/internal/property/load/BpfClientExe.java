package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.Dimension;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.property.Discriminating;

/**
 * {@code bpf_client_exe}: SHA-256 of the executable file of the process that asks. It holds for no load without such a process,
 * and for none whose executable cannot be read.
 *
 * @param digest the wanted digest
 */
public record BpfClientExe(Sha256 digest) implements Discriminating {
    /** Refuses null. */
    public BpfClientExe {
        Objects.requireNonNull(digest);
    }

    @Override
    public Dimension dimension() {
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
