package org.bpfgate.program;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A map that a program refers to, an element of the kernel's {@code used_maps}, as far as verifiers of integrity look at it.
 * Each call tells the state of its own moment: a frozen map stays frozen and its contents stay the same.
 */
@ConsumerType
public interface UsedMap {
    /** {@code BPF_F_RDONLY_PROG} of {@code include/uapi/linux/bpf.h}: programs may read the map and not write to it. */
    int READ_ONLY_FOR_PROGRAMS = 1 << 7;

    /** {@code BPF_F_MMAPABLE}: processes may map the values into their memory. */
    int MAPPABLE = 1 << 10;

    /** Returns whether the map is frozen: user space cannot write to it any more. */
    boolean isFrozen();

    /** Returns whether it was created with {@code excl_prog_hash}, so that only the program with that digest can use it. */
    boolean isExclusive();

    /** Returns whether it is bound by its place in {@code fd_array[0 .. fd_array_cnt)}, and not by an instruction alone. */
    boolean isBound();

    /** Returns the number of {@code enum bpf_map_type}; 0, which is no type, when it cannot be told. */
    int type();

    /** Returns the size of a key in bytes; 0 when it cannot be told. */
    int keySize();

    /** Returns the size of a value in bytes; 0 when it cannot be told. */
    int valueSize();

    /** Returns how many entries the map can hold; 0 when it cannot be told. */
    int maxEntries();

    /** Returns the flags of its creation, {@code BPF_F_*}; 0 when they cannot be told. */
    int flags();

    /**
     * Returns whether the contents stay as they are while other programs run. Freezing alone does not achieve that: it stops
     * system calls, and every program that is given the map may still write to it.
     *
     * <ul>
     *   <li>A frozen map that is {@link #READ_ONLY_FOR_PROGRAMS} is immutable. The kernel's verifier refuses every program that
     *       could write to it, and the kernel refuses a writable mapping of it also before it is frozen.
     *   <li>A frozen map that is exclusive is immutable but for the one program that it is bound to. It must not be
     *       {@link #MAPPABLE}: who had it mapped before it was frozen may still hold a writable page of it.
     *   <li>Every other map is not.
     * </ul>
     *
     * <p>The kernel's iterator over the elements of a map ({@code BPF_TRACE_ITER}) is an exception that this does not see.
     */
    default boolean isImmutable() {
        int flags = flags();
        if (!isFrozen()) {
            return false;
        }
        return (flags & READ_ONLY_FOR_PROGRAMS) != 0 || ((flags & MAPPABLE) == 0 && isExclusive());
    }

    /**
     * Returns the hash that the kernel gives for the map: SHA-256 over its value area, each element rounded up to 8 bytes.
     *
     * @return 32 bytes; empty when the map is not frozen, when its type has no hash, or when it cannot be read
     */
    Optional<byte[]> sha256();

    /** Returns the value area that {@link #sha256()} is computed over; empty where that is empty. */
    Optional<byte[]> contents();
}
