package org.bpfgate.integrity.hash.internal.record;

import java.util.Arrays;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.allowlist.ListedKind;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * What an index keeps of an entry beside the digest, {@value #SIZE} bytes: the key of the name ({@link NameKey}), the number of the program's
 * type in one byte (0 for none), the number of the attach type plus one in two (0 for none, big-endian), and the first
 * {@value #TARGET} bytes of the SHA-256 of the attach target (zeros for none). An entry without a type has zeros only; one that an index of
 * version 1 had has the key of its name and zeros.
 */
public final class EntryFacts {
    /** Bytes of all facts. */
    public static final int SIZE = 32;

    /** Bytes of an index of version 1, which kept the key of the name only. */
    public static final int SIZE_IN_VERSION_1 = NameKey.SIZE;

    /** Bytes of the digest of a target: 104 bits, so that nobody makes another function's name that has them. */
    private static final int TARGET = 13;

    private static final int TYPE_AT = NameKey.SIZE;
    private static final int ATTACH_AT = TYPE_AT + 1;
    private static final int TARGET_AT = ATTACH_AT + 2;
    private static final ProgramType[] TYPES = ProgramType.values();

    private EntryFacts() {}

    /** Returns the {@value #SIZE} bytes for an entry with a type. */
    static byte[] of(String name, ProgramType type, @Nullable ListedAttach attach) {
        byte[] facts = Arrays.copyOf(NameKey.of(name, type), SIZE);
        facts[TYPE_AT] = (byte) type.number();
        if (attach != null) {
            int stored = attach.type() + 1;
            facts[ATTACH_AT] = (byte) (stored >>> Byte.SIZE);
            facts[ATTACH_AT + 1] = (byte) stored;
            attach.target().ifPresent(target -> System.arraycopy(hash(target), 0, facts, TARGET_AT, TARGET));
        }
        return facts;
    }

    private static byte[] hash(String target) {
        return NameKey.sha256(target);
    }

    /** Returns whether the facts at a place tell no type. */
    static boolean isUntyped(byte[] bytes, int at) {
        return bytes[at + TYPE_AT] == 0;
    }

    /**
     * Reads facts.
     *
     * @param at where they begin
     * @return empty facts for a type that this version does not know
     */
    public static @Nullable IndexEntry read(byte[] bytes, int at) {
        int type = bytes[at + TYPE_AT] & 0xff;
        if (type >= TYPES.length) {
            return null;
        }
        int attach = (((bytes[at + ATTACH_AT] & 0xff) << Byte.SIZE) | (bytes[at + ATTACH_AT + 1] & 0xff)) - 1;
        byte[] target = Arrays.copyOfRange(bytes, at + TARGET_AT, at + SIZE);
        return new IndexEntry(TYPES[type], attach, Arrays.equals(target, new byte[TARGET]) ? null : target);
    }

    /** Returns what facts say about the loads that an entry counts for. Of a target an index keeps the digest only, of which some digits are told. */
    public static ListedKind kind(ProgramDigest digest, byte[] bytes, int at) {
        IndexEntry entry = read(bytes, at);
        if (entry == null) {
            return new ListedKind(digest, "(unknown)", null);
        }
        return new ListedKind(
                digest, entry.type() == ProgramType.UNSPEC ? null : entry.type().label(), entry.attachText());
    }

    /** Returns whether the digest of a target is this one. */
    static boolean isTarget(String target, byte[] stored) {
        return Arrays.equals(hash(target), 0, TARGET, stored, 0, TARGET);
    }
}
