package org.bpfgate.integrity.sig;

import java.util.Optional;
import org.bpfgate.integrity.sig.internal.x509.DigestAlgorithm;
import org.bpfgate.program.UsedMap;

/** A map as the kernel would show it: by default a frozen exclusive array, bound by {@code fd_array}. */
public final class TestMap implements UsedMap {
    private final byte[] values;
    public boolean frozen = true;
    public boolean exclusive = true;
    public boolean bound = true;
    public int type = 2;
    public int flags;

    /** A map with these values, whose size is a multiple of 8. */
    public TestMap(byte[] values) {
        this.values = values;
    }

    /** A map whose 8 bytes are all the same. */
    public static TestMap of(int value) {
        return new TestMap(new byte[] {
            (byte) value, (byte) value, (byte) value, (byte) value,
            (byte) value, (byte) value, (byte) value, (byte) value
        });
    }

    /** The same, not frozen. */
    public TestMap unfrozen() {
        frozen = false;
        return this;
    }

    /** The same, open to every program. */
    public TestMap shared() {
        exclusive = false;
        return this;
    }

    /** The same with flags of its creation. */
    public TestMap with(int more) {
        flags = more;
        return this;
    }

    /** The same, of another type: one that the kernel computes no hash of, unless it is 2. */
    public TestMap ofType(int other) {
        type = other;
        return this;
    }

    /** The hash that goes into signatures, whatever state the map is in. */
    public byte[] hash() {
        return DigestAlgorithm.SHA256.digest(values);
    }

    @Override
    public boolean isFrozen() {
        return frozen;
    }

    @Override
    public boolean isExclusive() {
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
        return Integer.BYTES;
    }

    @Override
    public int valueSize() {
        return values.length;
    }

    @Override
    public int maxEntries() {
        return 1;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public Optional<byte[]> sha256() {
        return contents().map(DigestAlgorithm.SHA256::digest);
    }

    @Override
    public Optional<byte[]> contents() {
        return frozen && type == 2 ? Optional.of(values.clone()) : Optional.empty();
    }
}
