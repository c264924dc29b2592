package org.bpfgate.testkit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bpfgate.program.UsedMap;

/** A map that a program uses, as a test wants it: an array of one element. Immutable. */
public final class TestMap implements UsedMap {
    /** {@code BPF_MAP_TYPE_ARRAY}. */
    private static final int ARRAY = 2;

    private static final int KEY_SIZE = 4;

    /** The kernel rounds each element up to 8 bytes. */
    private static final int ALIGNMENT = 8;

    private final byte[] value;
    private final int flags;
    private final boolean frozen;
    private final boolean exclusive;
    private final boolean bound;
    private final boolean readable;

    private TestMap(byte[] value, int flags, boolean frozen, boolean exclusive, boolean bound, boolean readable) {
        this.value = value;
        this.flags = flags;
        this.frozen = frozen;
        this.exclusive = exclusive;
        this.bound = bound;
        this.readable = readable;
    }

    /** A map that user space and programs can write to, referred to by an instruction alone. The value is copied. */
    public static TestMap of(byte... value) {
        return new TestMap(value.clone(), 0, false, false, false, true);
    }

    /** The same map, frozen: its hash and its contents can be read. */
    public TestMap frozen() {
        return new TestMap(value, flags, true, exclusive, bound, readable);
    }

    /** The same map, read-only for programs. */
    public TestMap readOnlyForPrograms() {
        return withFlags(flags | READ_ONLY_FOR_PROGRAMS);
    }

    /** The same map with other creation flags, {@code BPF_F_*}. */
    public TestMap withFlags(int bits) {
        return new TestMap(value, bits, frozen, exclusive, bound, readable);
    }

    /** The same map, usable by the program with one digest only. */
    public TestMap exclusive() {
        return new TestMap(value, flags, frozen, true, bound, readable);
    }

    /** The same map, bound by its place in {@code fd_array}. */
    public TestMap bound() {
        return new TestMap(value, flags, frozen, exclusive, true, readable);
    }

    /** The same map, of which the kernel tells neither hash nor contents. */
    public TestMap unreadable() {
        return new TestMap(value, flags, frozen, exclusive, bound, false);
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
        return ARRAY;
    }

    @Override
    public int keySize() {
        return KEY_SIZE;
    }

    @Override
    public int valueSize() {
        return value.length;
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
        return contents().map(TestMap::sha256);
    }

    @Override
    public Optional<byte[]> contents() {
        int padded = (value.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return frozen && readable ? Optional.of(Arrays.copyOf(value, padded)) : Optional.empty();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
