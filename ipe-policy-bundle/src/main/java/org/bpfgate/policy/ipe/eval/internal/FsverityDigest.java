package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code fsverity_digest}: fs-verity is enabled for the file and has this digest.
 *
 * @param digest the wanted digest
 */
public record FsverityDigest(FileDigest digest) implements Property {
    /** Refuses null. */
    public FsverityDigest {
        Objects.requireNonNull(digest);
    }

    @Override
    public boolean holds(EvaluationContext event) {
        FsVerity verity = event.fsVerity();
        return verity != null && digest.equals(verity.digest());
    }

    @Override
    public String toString() {
        return "fsverity_digest=" + digest;
    }
}
