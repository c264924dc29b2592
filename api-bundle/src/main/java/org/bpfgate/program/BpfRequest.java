package org.bpfgate.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * One bpf(2) command: the arguments {@code cmd, attr, size, kernel} of the {@code bpf} hook, copied once.
 */
public final class BpfRequest {
    private final BpfCommand command;
    private final byte[] attr;
    private final LoadOrigin origin;

    /**
     * Copies a request.
     *
     * @param command what is asked for
     * @param attr the attributes as they were copied in, in the byte order of the machine; their length is {@code size}
     * @param origin who asks
     */
    public BpfRequest(BpfCommand command, byte[] attr, LoadOrigin origin) {
        this.command = Objects.requireNonNull(command);
        this.attr = attr.clone();
        this.origin = Objects.requireNonNull(origin);
    }

    /** Returns the command. */
    public BpfCommand command() {
        return command;
    }

    /** Returns a read-only view of the attributes in the machine's byte order. */
    public ByteBuffer attr() {
        return ByteBuffer.wrap(attr).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
    }

    /** Returns the size of the attributes in bytes. */
    public int size() {
        return attr.length;
    }

    /** Returns who asks. */
    public LoadOrigin origin() {
        return origin;
    }
}
