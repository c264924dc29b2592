package org.bpfgate.policy.ipe.internal.store;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;

/**
 * Which policy was made the active one. The version is kept beside the policy, so that it remains a floor for others when the
 * policy itself is no longer there.
 *
 * @param name its name
 * @param version its version at that time
 */
record Active(String name, PolicyVersion version) {
    /** Refuses nulls. */
    Active {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
    }
}
