package org.bpfgate.program;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A map that a program refers to, an element of the kernel's {@code used_maps}, as far as verifiers of integrity look at it.
 * Each call tells the state of its own moment: a frozen map stays frozen and its contents stay the same.
 */
@ConsumerType
public interface UsedMap {
    /** Returns whether the map is frozen: user space cannot write to it any more. */
    boolean isFrozen();

    /** Returns whether it was created with {@code excl_prog_hash}, so that only the program with that digest can use it. */
    boolean isExclusive();

    /** Returns whether it is bound by its place in {@code fd_array[0 .. fd_array_cnt)}, and not by an instruction alone. */
    boolean isBound();

    /** Returns the number of {@code enum bpf_map_type}. */
    int type();

    /**
     * Returns the hash that the kernel gives for the map: SHA-256 over its value area, each element rounded up to 8 bytes.
     *
     * @return 32 bytes; empty when the map is not frozen, when its type has no hash, or when it cannot be read
     */
    Optional<byte[]> sha256();

    /** Returns the value area that {@link #sha256()} is computed over; empty where that is empty. */
    Optional<byte[]> contents();
}
