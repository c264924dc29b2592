package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.MemorySegment;

/** Memory from mmap(2): zero, and taken from the machine only where it is written. For the thread whose calls made it. */
public final class Mapping implements AutoCloseable {
    private final Syscalls syscalls;
    private final NativeBuffer buffer;

    @SuppressWarnings("restricted") // The kernel gave exactly this piece.
    Mapping(Syscalls syscalls, long address, long size) {
        this.syscalls = syscalls;
        buffer = new NativeBuffer(MemorySegment.ofAddress(address).reinterpret(size));
    }

    /**
     * Makes one.
     *
     * @param size in bytes, at least 1
     */
    public static Mapping of(Syscalls syscalls, long size) throws SyscallException {
        return syscalls.map(size);
    }

    /** Returns the memory; not to be used after this is closed. */
    public NativeBuffer buffer() {
        return buffer;
    }

    @Override
    public void close() {
        syscalls.unmap(buffer.address(), buffer.size());
    }
}
