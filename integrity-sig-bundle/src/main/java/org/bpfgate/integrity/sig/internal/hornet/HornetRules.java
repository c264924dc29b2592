package org.bpfgate.integrity.sig.internal.hornet;

import java.util.Objects;
import org.bpfgate.integrity.sig.internal.keyring.Trust;

/**
 * By what a load is judged, as one write of the configuration left it.
 *
 * @param trust whom to trust
 * @param mode by which rules
 */
public record HornetRules(Trust trust, HornetMode mode) {
    /** Refuses nulls. */
    public HornetRules {
        Objects.requireNonNull(trust);
        Objects.requireNonNull(mode);
    }
}
