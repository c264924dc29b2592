package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import org.bpfgate.kernel.syscall.internal.Mapping;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * The verifier's log of one load: the kernel writes it into a buffer of ours, from which it goes to the client. For one thread.
 */
final class VerifierLog implements AutoCloseable {
    /** What libbpf asks for at most, {@code UINT32_MAX >> 8}; the log of a client that gives more room is cut there. */
    private static final int MOST = 16 << 20;

    private final LoadCopy copy;
    private final LogBuffer client;
    private @Nullable Mapping buffer;

    /**
     * The log of a load.
     *
     * @param trueSize where the client is told the size of the whole log; 0 when nowhere
     */
    VerifierLog(ClientMemory memory, LoadCopy copy, long trueSize) {
        this.copy = copy;
        NativeBuffer attr = copy.original();
        client = new LogBuffer(
                memory, attr.getLong(LOG_BUF), attr.getInt(LOG_SIZE) & 0xffffffffL, attr.getInt(LOG_LEVEL), trueSize);
    }

    /** Returns how many bytes our buffer has for a client's of this size, unsigned. */
    static long bytesFor(int clientSize) {
        return Math.min(clientSize & 0xffffffffL, MOST);
    }

    /** Puts a buffer of ours into our attributes, where the client has one; the kernel judges the rest. */
    void prepare(Syscalls syscalls) throws SyscallException {
        copy.attr().putInt(LOG_TRUE_SIZE, 0);
        if (client.address() != 0) {
            long size = bytesFor(copy.original().getInt(LOG_SIZE));
            buffer = Mapping.of(syscalls, Math.max(1, size));
            copy.attr().putLong(LOG_BUF, buffer.buffer().address());
            copy.attr().putInt(LOG_SIZE, (int) size);
        }
    }

    /** Gives the client what the verifier wrote. */
    void copyBack() throws SyscallException {
        int whole = copy.attr().getInt(LOG_TRUE_SIZE);
        if (buffer != null) {
            client.copyBack(buffer.buffer(), whole);
        } else if (whole != 0) {
            client.tellTrueSize(whole);
        }
    }

    /** Gives the client what the verifier wrote; a text of the gate when it wrote nothing and the text is not empty. */
    void copyBackOr(String text) throws SyscallException {
        if (copy.attr().getInt(LOG_TRUE_SIZE) == 0 && !text.isEmpty()) {
            client.write(text);
        } else {
            copyBack();
        }
    }

    /** Gives the client a text of the gate instead, cut to its buffer; nothing when it wants no log. */
    void write(String text) throws SyscallException {
        client.write(text);
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
        }
    }
}
