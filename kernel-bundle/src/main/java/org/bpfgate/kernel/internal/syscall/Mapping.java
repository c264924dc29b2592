package org.bpfgate.kernel.internal.syscall;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    /**
     * Maps a file: what is written to the memory is in the file, also when this process is killed. Never unmapped.
     *
     * @param size in bytes, at most the size of the file
     */
    public static NativeBuffer ofFile(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new NativeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, size, Arena.global()));
        }
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
