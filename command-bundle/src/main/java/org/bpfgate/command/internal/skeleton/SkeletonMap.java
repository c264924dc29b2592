package org.bpfgate.command.internal.skeleton;

import java.util.Optional;
import org.bpfgate.command.internal.io.Sha256;
import org.bpfgate.program.UsedMap;

/**
 * The one map of a light skeleton's loader, in the state that the skeleton's code brings it into before it loads the
 * program: an exclusive array that holds the data and is frozen. Immutable.
 */
final class SkeletonMap implements UsedMap {
    /** {@code BPF_MAP_TYPE_ARRAY} of {@code include/uapi/linux/bpf.h}. */
    private static final int ARRAY = 2;

    private final byte[] data;

    /**
     * A map that holds some data.
     *
     * @param data padded to a multiple of 8 bytes; not copied
     */
    SkeletonMap(byte[] data) {
        this.data = data;
    }

    @Override
    public boolean isFrozen() {
        return true;
    }

    @Override
    public boolean isExclusive() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public int type() {
        return ARRAY;
    }

    @Override
    public int keySize() {
        return Integer.BYTES;
    }

    @Override
    public int valueSize() {
        return data.length;
    }

    @Override
    public int maxEntries() {
        return 1;
    }

    @Override
    public int flags() {
        return 0;
    }

    @Override
    public Optional<byte[]> sha256() {
        return Optional.of(Sha256.of(data));
    }

    @Override
    public Optional<byte[]> contents() {
        return Optional.of(data.clone());
    }
}
