package org.bpfgate.program;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of one program: a private copy that nobody can change, so that what is verified is what is loaded.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class Instructions {
    /** Bytes in one instruction slot, {@code sizeof(struct bpf_insn)} of {@code include/uapi/linux/bpf.h}. */
    public static final int SLOT_SIZE = 8;

    /** {@code BPF_LD | BPF_IMM | BPF_DW}: the 64-bit immediate load, which takes two slots. */
    private static final int LD_IMM64 = 0x18;

    /** {@code BPF_PSEUDO_MAP_FD}: the source register of a load of a map's address. */
    private static final int PSEUDO_MAP_FD = 1;

    /** {@code BPF_PSEUDO_MAP_VALUE}: the source register of a load of an address inside a map's value. */
    private static final int PSEUDO_MAP_VALUE = 2;

    /** {@code BPF_PSEUDO_MAP_IDX}: as {@link #PSEUDO_MAP_FD}, by the index into {@code fd_array}. */
    private static final int PSEUDO_MAP_IDX = 5;

    /** {@code BPF_PSEUDO_MAP_IDX_VALUE}: as {@link #PSEUDO_MAP_VALUE}, by the index into {@code fd_array}. */
    private static final int PSEUDO_MAP_IDX_VALUE = 6;

    /** Kept for each thread, because looking the algorithm up costs more than the digest of a small program. */
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Instructions::newSha256);

    private final byte[] bytes;
    private final RelocationState state;
    private final String pendingReason;
    private volatile @Nullable ProgramDigest digest;
    private volatile byte @Nullable [] sha256;

    private Instructions(byte[] bytes, RelocationState state, String pendingReason) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a program has at least one instruction");
        }
        if (bytes.length % SLOT_SIZE != 0) {
            throw new IllegalArgumentException("the instructions take " + bytes.length + " bytes, not a multiple of 8");
        }
        this.bytes = bytes;
        this.state = state;
        this.pendingReason = pendingReason;
    }

    /**
     * Copies the instructions of a load.
     *
     * @param bytes the instructions as the load carries them, in the byte order of the machine
     * @throws IllegalArgumentException when there is none, or the size is not a multiple of {@value #SLOT_SIZE}
     */
    public static Instructions of(byte[] bytes) {
        return new Instructions(bytes.clone(), RelocationState.COMPLETE, "");
    }

    /**
     * Copies instructions from a file in which relocations are still to be applied by the loader.
     *
     * @param bytes the instructions as far as they are known
     * @param state what is still open
     * @param reason why, in words that follow "cannot be computed offline:"; not empty unless the state is complete
     * @throws IllegalArgumentException as {@link #of(byte[])}
     */
    public static Instructions unlinked(byte[] bytes, RelocationState state, String reason) {
        return new Instructions(bytes.clone(), state, Objects.requireNonNull(reason));
    }

    /** Returns the number of instruction slots; a 64-bit immediate load counts as two, as in the kernel. */
    public int count() {
        return bytes.length / SLOT_SIZE;
    }

    /** Returns the size in bytes: {@link #count()} times {@value #SLOT_SIZE}. */
    public int size() {
        return bytes.length;
    }

    /** Returns what the loader has still to fill in. */
    public RelocationState state() {
        return state;
    }

    /** Returns why relocations are open; empty text when the state is {@link RelocationState#COMPLETE}. */
    public String pendingReason() {
        return pendingReason;
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Returns a read-only view of the bytes, without a copy. */
    public ByteBuffer asReadOnlyBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Feeds the bytes, as they are, to a message digest. */
    public void update(MessageDigest sink) {
        sink.update(bytes);
    }

    /** Returns the SHA-256 of the bytes as they are, which is what signatures cover. Computed once. */
    public byte[] sha256() {
        byte[] known = sha256;
        if (known == null) {
            known = SHA256.get().digest(bytes);
            sha256 = known;
        }
        return known.clone();
    }

    /**
     * Returns the digest by which lists and policies know this program: SHA-256 over the instructions, where both
     * immediates of a 64-bit immediate load that refers to a map by its file descriptor ({@code BPF_PSEUDO_MAP_FD},
     * {@code BPF_PSEUDO_MAP_VALUE}) are zero. The kernel computes the program tag in this way. References by index into
     * {@code fd_array} are stable bytes and stay in.
     *
     * @return the digest, or empty when it cannot be known before the load ({@link RelocationState#PENDING})
     */
    public Optional<ProgramDigest> digest() {
        if (state == RelocationState.PENDING) {
            return Optional.empty();
        }
        ProgramDigest known = digest;
        if (known == null) {
            known = ProgramDigest.of(mayReferToMaps() ? SHA256.get().digest(normalised()) : sha256());
            digest = known;
        }
        return Optional.of(known);
    }

    /**
     * Returns the tag that kernels before 6.18 report for this program: the first 8 bytes of SHA-1 over what {@link #digest()} is
     * computed over, as 16 lower-case hexadecimal digits. Later kernels report {@link ProgramDigest#tag()}. Computed at each call.
     */
    public String sha1Tag() {
        byte[] hash = newDigest("SHA-1").digest(normalised());
        return HexFormat.of().formatHex(hash, 0, ProgramDigest.TAG_SIZE);
    }

    /**
     * Returns whether an instruction refers to a map, by a file descriptor or by an index into {@code fd_array}. A program without such
     * an instruction cannot read or write the maps that are bound to it.
     */
    public boolean refersToMaps() {
        return hasSource(Instructions::isMap);
    }

    /** Returns false when {@link #normalised()} would change nothing, so that the two digests are one. */
    private boolean mayReferToMaps() {
        return hasSource(Instructions::isMapFd);
    }

    /** Returns whether a 64-bit immediate load has a source register of this kind. */
    private boolean hasSource(IntPredicate kind) {
        for (int at = 0; at < bytes.length; at += SLOT_SIZE) {
            if ((bytes[at] & 0xff) == LD_IMM64 && kind.test(source(bytes[at + 1]))) {
                return true;
            }
        }
        return false;
    }

    /** Walks as the kernel's {@code bpf_prog_calc_tag()} does, so that malformed second slots are treated alike too. */
    private byte[] normalised() {
        byte[] copy = bytes.clone();
        boolean secondSlot = false;
        for (int at = 0; at < copy.length; at += SLOT_SIZE) {
            if (secondSlot) {
                secondSlot = false;
                if (isEmptyButForImmediate(copy, at)) {
                    clearImmediate(copy, at);
                }
            } else if ((copy[at] & 0xff) == LD_IMM64 && isMapFd(source(copy[at + 1]))) {
                secondSlot = true;
                clearImmediate(copy, at);
            }
        }
        return copy;
    }

    private static boolean isMapFd(int source) {
        return source == PSEUDO_MAP_FD || source == PSEUDO_MAP_VALUE;
    }

    private static boolean isMap(int source) {
        return isMapFd(source) || source == PSEUDO_MAP_IDX || source == PSEUDO_MAP_IDX_VALUE;
    }

    /** The source register is the high half of the second byte on a little-endian machine. */
    private static int source(byte registers) {
        return (registers & 0xf0) >> 4;
    }

    private static boolean isEmptyButForImmediate(byte[] code, int slot) {
        return (code[slot] | code[slot + 1] | code[slot + 2] | code[slot + 3]) == 0;
    }

    private static void clearImmediate(byte[] code, int slot) {
        for (int i = slot + 4; i < slot + SLOT_SIZE; i++) {
            code[i] = 0;
        }
    }

    private static MessageDigest newSha256() {
        return newDigest("SHA-256");
    }

    private static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
