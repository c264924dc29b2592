package org.bpfgate.program;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 digest by which a program is known: over its instructions normalised as the kernel does for the program
 * tag (see {@link Instructions#digest()}). Two programs that differ only in map file descriptors have one digest.
 *
 * <p>Immutable and comparable by content.
 */
public final class ProgramDigest implements Comparable<ProgramDigest> {
    /** Bytes in a SHA-256 digest (FIPS 180-4). */
    public static final int SIZE = 32;

    /** Bytes in the tag that the kernel reports, {@code BPF_TAG_SIZE} of {@code include/uapi/linux/bpf.h}. */
    static final int TAG_SIZE = 8;

    private final byte[] bytes;

    private ProgramDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Wraps a computed digest.
     *
     * @param bytes {@value #SIZE} bytes; copied
     * @throws IllegalArgumentException when there are more or fewer
     */
    public static ProgramDigest of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + bytes.length);
        }
        return new ProgramDigest(bytes.clone());
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @param hex the digits, in either case, without a prefix
     * @throws IllegalArgumentException when that is not 64 hexadecimal digits
     */
    public static ProgramDigest parse(String hex) {
        if (hex.length() != 2 * SIZE) {
            throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits, not " + hex.length());
        }
        return new ProgramDigest(HexFormat.of().parseHex(hex));
    }

    /** Returns the 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Returns the tag that a kernel with SHA-256 tags (6.18 is one) reports for the program: the first 8 bytes as 16
     * lower-case hexadecimal digits.
     */
    public String tag() {
        return HexFormat.of().formatHex(bytes, 0, TAG_SIZE);
    }

    /** Returns a copy of the 32 bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Orders digests as unsigned bytes, which is also the order of their hexadecimal form. */
    @Override
    public int compareTo(ProgramDigest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProgramDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns {@code sha256:} and the hexadecimal digits, the form that reports use. */
    @Override
    public String toString() {
        return "sha256:" + hex();
    }
}
