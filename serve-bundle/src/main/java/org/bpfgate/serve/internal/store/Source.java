package org.bpfgate.serve.internal.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the bundle of a module comes from.
 *
 * @param bundle its symbolic name
 * @param version its version
 * @param sha256 the digest of its jar in the store; null for a bundle of the distribution
 * @param signer who signed it, for people
 * @param since when it was installed
 * @param uid who installed it
 * @param pid by which process
 */
public record Source(
        String bundle, String version, @Nullable String sha256, String signer, Instant since, int uid, int pid) {
    /** In place of the name of a signer: the digests of the distribution vouch for it. */
    public static final String DISTRIBUTION = "distribution";

    /** Refuses nulls. */
    public Source {
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(version);
        Objects.requireNonNull(signer);
        Objects.requireNonNull(since);
    }
}
