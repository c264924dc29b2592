package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import org.bpfgate.kernel.syscall.internal.Mapping;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * The verifier's log of one load: the kernel writes it into a buffer of ours, from which it goes to the client. For one thread.
 */
final class VerifierLog implements AutoCloseable {
    /** What libbpf asks for at most, {@code UINT32_MAX >> 8}; the log of a client that gives more room is cut there. */
    private static final int MOST = 16 << 20;

    private final ClientMemory memory;
    private final LoadCopy copy;
    private final long attr;
    private @Nullable Mapping buffer;

    /**
     * The log of a load.
     *
     * @param attr where the client's attributes are
     */
    VerifierLog(ClientMemory memory, LoadCopy copy, long attr) {
        this.memory = memory;
        this.copy = copy;
        this.attr = attr;
    }

    private long clientBuffer() {
        return copy.original().getLong(LOG_BUF);
    }

    private long clientSize() {
        return copy.original().getInt(LOG_SIZE) & 0xffffffffL;
    }

    /** Returns how many bytes our buffer has for a client's of this size, unsigned. */
    static long bytesFor(int clientSize) {
        return Math.min(clientSize & 0xffffffffL, MOST);
    }

    /** Puts a buffer of ours into our attributes, where the client has one; the kernel judges the rest. */
    void prepare(Syscalls syscalls) throws SyscallException {
        copy.attr().putInt(LOG_TRUE_SIZE, 0);
        if (clientBuffer() != 0) {
            long size = bytesFor(copy.original().getInt(LOG_SIZE));
            buffer = Mapping.of(syscalls, Math.max(1, size));
            copy.attr().putLong(LOG_BUF, buffer.buffer().address());
            copy.attr().putInt(LOG_SIZE, (int) size);
        }
    }

    /** Gives the client what the verifier wrote. */
    void copyBack() throws SyscallException {
        long trueSize = copy.attr().getInt(LOG_TRUE_SIZE) & 0xffffffffL;
        if (buffer != null && trueSize > 0) {
            memory.write(
                    clientBuffer(),
                    buffer.buffer(),
                    Math.min(trueSize, buffer.buffer().size()));
        }
        if (trueSize > 0) {
            tellTrueSize((int) trueSize);
        }
    }

    /** Gives the client a text of the gate instead, cut to its buffer; nothing when it wants no log. */
    void write(String text) throws SyscallException {
        if (clientBuffer() == 0 || clientSize() == 0 || copy.original().getInt(LOG_LEVEL) == 0) {
            return;
        }
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer whole = scope.text(text);
            long shown = Math.min(whole.size(), clientSize());
            whole.putByte(shown - 1, (byte) 0);
            memory.write(clientBuffer(), whole, shown);
            tellTrueSize((int) whole.size());
        }
    }

    /** The kernel does so where the client's attributes have room for it. */
    private void tellTrueSize(int size) throws SyscallException {
        if (copy.size() >= LOG_TRUE_SIZE + Integer.BYTES) {
            try (NativeScope scope = NativeScope.open()) {
                NativeBuffer number = scope.allocate(Integer.BYTES);
                number.putInt(0, size);
                memory.write(attr + LOG_TRUE_SIZE, number, Integer.BYTES);
            }
        }
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
        }
    }
}
