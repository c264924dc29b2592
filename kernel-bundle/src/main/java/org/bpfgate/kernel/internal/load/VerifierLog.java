package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.util.Optional;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.request.LogBuffer;
import org.bpfgate.kernel.internal.syscall.Mapping;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * The verifier's log of one load: the kernel writes it into a buffer of ours, from which it goes to the client. For one thread.
 */
final class VerifierLog implements AutoCloseable {
    /** What libbpf asks for at most, {@code UINT32_MAX >> 8}; the log of a client that gives more room is cut there. */
    private static final int MOST = 16 << 20;

    /** Enough of the end to hold the reason; the rest is register states. */
    private static final int SHOWN = 8192;

    /** The room for a log that only the gate reads. The kernel keeps its end (Linux 6.4), or ends with ENOSPC when it is full. */
    private static final int OWN = 1 << 20;

    private final LoadCopy copy;
    private final LogBuffer client;
    private @Nullable Mapping buffer;

    /**
     * The log of a load.
     *
     * @param trueSize the client's address for the size of the whole log; 0 for none
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
            client.writeTrueSize(whole);
        }
    }

    /** Returns what the verifier wrote for the client, the last of it where it is long; empty when it wrote nothing. */
    Optional<String> text() {
        Mapping written = buffer;
        return written == null ? Optional.empty() : Optional.of(last(written)).filter(text -> !text.isEmpty());
    }

    private static String last(Mapping written) {
        String text = written.buffer().getText(0, (int) written.buffer().size());
        return text.substring(Math.max(0, text.length() - SHOWN));
    }

    /**
     * Puts a buffer of our own into the attributes of a load, which the client does not see.
     *
     * @return the buffer; the attributes must not be used after it is closed
     */
    static Own own(Syscalls syscalls, LoadCopy copy) throws SyscallException {
        Mapping mapping = Mapping.of(syscalls, OWN);
        copy.attr().putLong(LOG_BUF, mapping.buffer().address());
        copy.attr().putInt(LOG_SIZE, OWN);
        copy.attr().putInt(LOG_LEVEL, 1);
        return new Own(mapping);
    }

    /** A log that nobody but the gate reads. */
    record Own(Mapping mapping) implements AutoCloseable {
        /** Returns the end of what the verifier wrote. */
        String text() {
            return last(mapping);
        }

        @Override
        public void close() {
            mapping.close();
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
