package org.bpfgate.framework.internal.candidate;

import java.util.Optional;
import org.bpfgate.program.UsedMap;

/** A map as it was when a load that uses it was decided on: it cannot be asked afterwards. */
final class KeptMap implements UsedMap {
    private final boolean frozen;
    private final boolean bound;
    private final int type;
    private final int keySize;
    private final int valueSize;
    private final int maxEntries;
    private final int flags;
    private final boolean isExclusiveKept;
    private final boolean exclusive;
    private final boolean isSha256Kept;
    private final Optional<byte[]> sha256;
    private final boolean areContentsKept;
    private final Optional<byte[]> contents;
    private final Wanted wanted;
    private final Runnable notKept;

    KeptMap(UsedMap map, Wanted wanted, Runnable notKept) {
        this.wanted = wanted;
        this.notKept = notKept;
        frozen = map.isFrozen();
        bound = map.isBound();
        type = map.type();
        keySize = map.keySize();
        valueSize = map.valueSize();
        maxEntries = map.maxEntries();
        flags = map.flags();
        isExclusiveKept = wanted.mapExclusive;
        exclusive = isExclusiveKept && map.isExclusive();
        isSha256Kept = wanted.mapSha256;
        sha256 = isSha256Kept ? map.sha256() : Optional.empty();
        areContentsKept = wanted.mapContents;
        contents = areContentsKept ? map.contents() : Optional.empty();
    }

    /** Returns how many bytes it holds. */
    long size() {
        return contents.map(bytes -> bytes.length).orElse(0);
    }

    @Override
    public boolean isFrozen() {
        return frozen;
    }

    @Override
    public boolean isExclusive() {
        if (!isExclusiveKept) {
            wanted.mapExclusive = true;
            notKept.run();
        }
        return exclusive;
    }

    @Override
    public boolean isBound() {
        return bound;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public int keySize() {
        return keySize;
    }

    @Override
    public int valueSize() {
        return valueSize;
    }

    @Override
    public int maxEntries() {
        return maxEntries;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public Optional<byte[]> sha256() {
        if (!isSha256Kept) {
            wanted.mapSha256 = true;
            notKept.run();
        }
        return sha256;
    }

    @Override
    public Optional<byte[]> contents() {
        if (!areContentsKept) {
            wanted.mapContents = true;
            notKept.run();
        }
        return contents;
    }
}
