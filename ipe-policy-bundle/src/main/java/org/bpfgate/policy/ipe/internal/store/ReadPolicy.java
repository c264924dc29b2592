package org.bpfgate.policy.ipe.internal.store;

import java.util.Objects;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A policy that was read and, if signed, verified.
 *
 * @param policy the policy
 * @param digest SHA-256 of the bytes that it was read from
 * @param signer who signed it; null for plain text
 */
record ReadPolicy(Policy policy, String digest, @Nullable Signer signer) {
    /** Refuses nulls. */
    ReadPolicy {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(digest);
    }

    /** Returns what the index says about it. */
    Entry entry() {
        return new Entry(
                policy.header().name(),
                policy.header().version(),
                signer == null ? Origin.UNSIGNED : Origin.SIGNED,
                digest,
                signer);
    }
}
