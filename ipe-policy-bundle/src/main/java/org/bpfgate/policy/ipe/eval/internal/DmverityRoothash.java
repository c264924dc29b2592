package org.bpfgate.policy.ipe.eval.internal;

import java.util.Objects;

/**
 * {@code dmverity_roothash}: the file is on the verity volume with this root hash.
 *
 * @param digest the wanted root hash
 */
public record DmverityRoothash(FileDigest digest) implements Property {
    /** Refuses null. */
    public DmverityRoothash {
        Objects.requireNonNull(digest);
    }

    @Override
    public boolean holds(EvaluationContext event) {
        BlockDevice device = event.blockDevice();
        return device != null && digest.equals(device.rootHash());
    }

    @Override
    public String toString() {
        return "dmverity_roothash=" + digest;
    }
}
