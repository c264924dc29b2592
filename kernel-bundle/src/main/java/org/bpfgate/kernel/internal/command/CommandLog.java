package org.bpfgate.kernel.internal.command;

import static org.bpfgate.kernel.internal.syscall.CommonAttr.*;

import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.request.CommonAttributes;
import org.bpfgate.kernel.internal.request.LogBuffer;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The log of a command that is no load, which a client can have since Linux 7.2 by {@code BPF_COMMON_ATTRS}: the kernel writes it into
 * a buffer of ours, from which it goes to the client. For one thread.
 */
final class CommandLog {
    /** The kernel writes a line or two, where it writes anything; what is longer is cut. */
    private static final int MOST = 64 << 10;

    private final CommonAttributes given;
    private final LogBuffer client;
    private final NativeBuffer buffer;
    private final NativeBuffer common;

    /**
     * The log of a command.
     *
     * @param scope holds our buffer
     */
    CommandLog(CommonAttributes given, ClientMemory memory, NativeScope scope) {
        this.given = given;
        client = given.log(memory);
        buffer = scope.allocate(Math.clamp(client.size(), 1, MOST));
        common = scope.allocate(SIZE);
    }

    /**
     * Makes a call, with the log that the client wants.
     *
     * @return what the call returns
     * @throws SyscallException what the call throws; the client has the log then too
     */
    int perform(Syscalls syscalls, Syscalls.Bpf call, NativeBuffer attr, int size) throws SyscallException {
        if (!given.areGiven()) {
            return syscalls.bpf(call, attr, size);
        }
        common.putLong(LOG_BUF, client.address() == 0 ? 0 : buffer.address());
        common.putInt(LOG_SIZE, client.size() > buffer.size() ? (int) buffer.size() : (int) client.size());
        common.putInt(LOG_LEVEL, client.level());
        return syscalls.bpf(call, attr, size, common);
    }

    /** Gives the client what the kernel wrote. */
    void copyBack() throws SyscallException {
        client.copyBack(buffer, common.getInt(LOG_TRUE_SIZE));
    }

    /** Gives the client a text of the gate instead; nothing when it wants no log. */
    void write(String text) throws SyscallException {
        client.write(text);
    }
}
