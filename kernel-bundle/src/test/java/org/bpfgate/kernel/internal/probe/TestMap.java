package org.bpfgate.kernel.internal.probe;

import java.util.Optional;
import org.bpfgate.program.UsedMap;

/** A map that is nothing but its shape. */
record TestMap(int type, int keySize, int valueSize, int maxEntries, boolean isFrozen, int flags) implements UsedMap {
    static TestMap array(int valueSize) {
        return new TestMap(2, 4, valueSize, 1, false, 0);
    }

    @Override
    public boolean isExclusive() {
        return false;
    }

    @Override
    public boolean isBound() {
        return false;
    }

    @Override
    public Optional<byte[]> sha256() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> contents() {
        return Optional.empty();
    }
}
