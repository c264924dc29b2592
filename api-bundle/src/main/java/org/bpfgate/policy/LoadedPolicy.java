package org.bpfgate.policy;

import java.util.Objects;
import java.util.Optional;
import org.bpfgate.integrity.Signer;
import org.jspecify.annotations.Nullable;

/**
 * A policy that is loaded. Immutable: it tells what was so when it was asked for.
 *
 * @param name the name, one character per byte of the policy's text (ISO 8859-1)
 * @param version the version, such as {@code 1.0.0}
 * @param active whether it is the one that decides
 * @param origin how it came in
 * @param digest SHA-256 of the bytes that were loaded, the whole message of a signed policy and the text of an unsigned one; for
 *     the boot policy, which nobody loaded, that of no bytes at all, as in the kernel. 64 lower-case hexadecimal digits
 * @param signedBy who signed it; null when {@link #origin} is not {@link Origin#SIGNED}
 */
public record LoadedPolicy(
        String name,
        String version,
        boolean active,
        Origin origin,
        String digest,
        @Nullable Signer signedBy) {
    /** How a policy came in. */
    public enum Origin {
        /** As a signed message. */
        SIGNED,

        /** As plain text, where the configuration allows it. */
        UNSIGNED,

        /** From the configuration, which names it as the policy to begin with. */
        BOOT
    }

    /** Refuses nulls, and a signer where there is none to be, or none where there is one. */
    public LoadedPolicy {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(digest);
        if ((origin == Origin.SIGNED) != (signedBy != null)) {
            throw new IllegalArgumentException("a policy has a signer exactly when it is signed");
        }
    }

    /** Returns who signed it; empty when nobody did. */
    public Optional<Signer> signer() {
        return Optional.ofNullable(signedBy);
    }
}
