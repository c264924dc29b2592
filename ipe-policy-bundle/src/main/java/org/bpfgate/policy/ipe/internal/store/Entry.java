package org.bpfgate.policy.ipe.internal.store;

import java.util.Objects;
import org.bpfgate.integrity.Signer;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.LoadedPolicy.Origin;
import org.bpfgate.policy.ipe.internal.audit.PolicyFacts;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is loaded, without its content.
 *
 * @param name its name
 * @param version its version
 * @param origin how it came in
 * @param digest SHA-256 of its content, as in {@link LoadedPolicy#digest}
 * @param signer who signed it when it was loaded; null when nobody did
 */
record Entry(
        String name,
        PolicyVersion version,
        Origin origin,
        String digest,
        @Nullable Signer signer) {
    /** Refuses nulls, digests that are none, and a signer without a signature. */
    Entry {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        if (!Sha256.isDigest(digest)) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + digest);
        }
        if ((origin == Origin.SIGNED) != (signer != null)) {
            throw new IllegalArgumentException("a policy has a signer exactly when it is signed");
        }
    }

    /** Returns the description of the policy for callers. */
    LoadedPolicy described(boolean active) {
        return new LoadedPolicy(name, version.toString(), active, origin, digest, signer);
    }

    /** Returns how records name it. */
    PolicyFacts facts() {
        return new PolicyFacts(name, version.toString(), digest);
    }

    /** Returns how messages name it. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
