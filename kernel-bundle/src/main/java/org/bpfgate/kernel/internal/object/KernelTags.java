package org.bpfgate.kernel.internal.object;

import java.util.concurrent.atomic.AtomicReference;
import org.bpfgate.program.Instructions;
import org.jspecify.annotations.Nullable;

/**
 * The algorithm by which the running kernel computes the tags of programs: SHA-256 since Linux 6.18, SHA-1 before. The first tag that
 * equals one of the two decides; from then on only that algorithm counts. Safe for use by several threads.
 */
public final class KernelTags {
    private enum Algorithm {
        SHA_256,
        SHA_1;

        String of(Instructions instructions) {
            return this == SHA_256 ? instructions.digest().orElseThrow().tag() : instructions.sha1Tag();
        }
    }

    /** A kernel does not change its algorithm, and there is one kernel. */
    private static final KernelTags RUNNING = new KernelTags();

    private final AtomicReference<@Nullable Algorithm> known = new AtomicReference<>();

    /** Returns what is known of the running kernel. */
    public static KernelTags ofTheRunningKernel() {
        return RUNNING;
    }

    /**
     * Returns whether a tag is that of a program.
     *
     * @param instructions as the kernel was given them; their digest is known
     * @param tag as the kernel reports it, 16 hexadecimal digits
     */
    public boolean isTagOf(Instructions instructions, String tag) {
        Algorithm algorithm = known.get();
        if (algorithm != null) {
            return algorithm.of(instructions).equals(tag);
        }
        for (Algorithm candidate : Algorithm.values()) {
            if (candidate.of(instructions).equals(tag)) {
                known.compareAndSet(null, candidate);
                return known.get() == candidate;
            }
        }
        return false;
    }
}
