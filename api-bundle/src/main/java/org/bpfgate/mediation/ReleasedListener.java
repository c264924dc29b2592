package org.bpfgate.mediation;

import java.util.Objects;

/**
 * A listener that a {@link ListenerHost} has given away.
 *
 * @param attached its description
 * @param descriptor close-on-exec; for whoever has this to close
 */
public record ReleasedListener(AttachedListener attached, int descriptor) {
    /** Refuses nulls. */
    public ReleasedListener {
        Objects.requireNonNull(attached);
    }
}
