package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code dmverity_roothash}: the file is on the verity volume with this root hash.
 *
 * @param digest the wanted root hash
 */
public record DmverityRoothash(FileDigest digest) implements Discriminating {
    /** Refuses null. */
    public DmverityRoothash {
        Objects.requireNonNull(digest);
    }

    @Override
    public Dimension dimension() {
        return Fact.ROOT_HASH;
    }

    @Override
    public Object wanted() {
        return digest;
    }

    @Override
    public String toString() {
        return "dmverity_roothash=" + digest;
    }
}
