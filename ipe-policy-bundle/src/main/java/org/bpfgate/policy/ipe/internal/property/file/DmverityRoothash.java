package org.bpfgate.policy.ipe.internal.property.file;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code dmverity_roothash}: the file is on the verity volume with this root hash.
 *
 * @param digest the wanted root hash
 */
public record DmverityRoothash(FileDigest digest) implements EqualityProperty {
    /** Refuses null. */
    public DmverityRoothash {
        Objects.requireNonNull(digest);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.ROOT_HASH;
    }

    @Override
    public Object wanted() {
        return digest;
    }

    @Override
    public String toString() {
        return "dmverity_roothash=" + digest;
    }
}
