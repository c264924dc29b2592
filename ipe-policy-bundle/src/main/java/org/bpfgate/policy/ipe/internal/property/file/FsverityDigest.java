package org.bpfgate.policy.ipe.internal.property.file;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code fsverity_digest}: fs-verity is enabled for the file and has this digest.
 *
 * @param digest the wanted digest
 */
public record FsverityDigest(FileDigest digest) implements EqualityProperty {
    /** Refuses null. */
    public FsverityDigest {
        Objects.requireNonNull(digest);
    }

    @Override
    public EventAttribute attribute() {
        return Fact.FILE_DIGEST;
    }

    @Override
    public Object wanted() {
        return digest;
    }

    @Override
    public String toString() {
        return "fsverity_digest=" + digest;
    }
}
