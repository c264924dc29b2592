package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** Memory outside the heap that is given back all at once. For use by the thread that opened it. */
public final class NativeScope implements AutoCloseable {
    /** As {@code malloc} gives it; enough for every structure of the kernel's interfaces. */
    private static final int ALIGNMENT = 16;

    private final Arena arena;

    private NativeScope(Arena arena) {
        this.arena = arena;
    }

    /** Opens a scope. */
    @SuppressWarnings("MustBeClosedChecker") // Whoever opens the scope closes it.
    public static NativeScope open() {
        return new NativeScope(Arena.ofConfined());
    }

    /** A scope that lives as long as something refers to its memory; closing it is not possible. */
    public static NativeScope automatic() {
        return new NativeScope(Arena.ofAuto());
    }

    /**
     * Gives zeroed memory.
     *
     * @param size in bytes, at least 1
     */
    public NativeBuffer allocate(long size) {
        return new NativeBuffer(arena.allocate(size, ALIGNMENT));
    }

    /** Gives memory that holds these bytes; at least one byte, also for an empty array. */
    public NativeBuffer copyOf(byte[] bytes) {
        NativeBuffer buffer = allocate(Math.max(1, bytes.length));
        buffer.put(0, bytes);
        return buffer;
    }

    /** Gives a text in UTF-8 with a NUL at its end. */
    public NativeBuffer text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives bytes with a NUL at their end. */
    NativeBuffer text(byte[] bytes) {
        NativeBuffer buffer = allocate(bytes.length + 1L);
        buffer.put(0, bytes);
        return buffer;
    }

    @Override
    public void close() {
        arena.close();
    }
}
