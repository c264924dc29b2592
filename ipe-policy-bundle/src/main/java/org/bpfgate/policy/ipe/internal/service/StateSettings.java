package org.bpfgate.policy.ipe.internal.service;

import java.nio.file.Path;
import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * How the policies of one module are kept.
 *
 * @param directory where
 * @param dialect the vocabulary of all of them; null to let each name its own
 * @param unsigned whether plain text may be loaded
 * @param boot the policy that decides until another is activated; null for none
 */
record StateSettings(
        Path directory,
        @Nullable Dialect dialect,
        boolean unsigned,
        @Nullable Policy boot) {
    /** Refuses null. */
    StateSettings {
        Objects.requireNonNull(directory);
    }
}
