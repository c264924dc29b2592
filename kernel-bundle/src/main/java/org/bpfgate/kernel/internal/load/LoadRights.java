package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.MissingRights;
import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.ProgramType;

/**
 * Checks the client's rights for a load before anything but the attributes is copied. A client without capabilities could otherwise make
 * the gate copy a million instructions, which costs the gate a hundred times what it costs the client.
 */
final class LoadRights {
    /** {@code bpf_token_capable()}: CAP_SYS_ADMIN stands for the others, but a client that has it alone is checked all the same. */
    private static final long FOR_LOADS =
            (1L << Capabilities.BPF) | (1L << Capabilities.PERFMON) | (1L << Capabilities.NET_ADMIN);

    private final Syscalls syscalls;
    private final ClientRights rights;

    LoadRights(Syscalls syscalls, ClientRights rights) {
        this.syscalls = syscalls;
        this.rights = rights;
    }

    /**
     * Asks the kernel, with the client's capabilities, for the same load without instructions: {@code bpf_prog_load()} of {@code
     * kernel/bpf/syscall.c} checks rights and counts before it reads those. A client that has all capabilities a load can need is not
     * checked.
     *
     * @param attr the attributes
     * @throws SyscallException with what the kernel refuses the client: {@code EPERM}; {@code E2BIG} for more instructions than it may
     */
    void require(byte[] attr, ClientStatus client) throws SyscallException {
        long usable = rights.usable(client);
        if ((usable & FOR_LOADS) == FOR_LOADS || (rights.isLikeMe(client) && hasToken(attr))) {
            return;
        }
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer asked = scope.copyOf(withoutPointers(attr));
            asked.putLong(LICENSE, scope.allocate(1).address());
            syscalls.close(rights.perform(usable, () -> syscalls.bpf(Syscalls.Bpf.PROG_LOAD, asked, SIZE)));
        } catch (SyscallException e) {
            if (e.errno() == Errnos.EPERM || e.errno() == Errnos.E2BIG) {
                String note = hasToken(attr) ? ", whose token does not count for the gate's user" : "";
                ProgramType type = LoadDescription.type(fields(attr).getInt(PROG_TYPE));
                throw MissingRights.explain(
                        new SyscallException(e.command() + note, e.errno(), e.size()), usable, type);
            }
            // Such as EFAULT for the instructions: the rights suffice, and the rest is checked with the load.
        }
    }

    /** Returns whether a load has a token. */
    static boolean hasToken(byte[] attr) {
        return (fields(attr).getInt(PROG_FLAGS) & TOKEN_FD_FLAG) != 0;
    }

    /** Leaves out all that the kernel would look up in the gate instead of the client: pointers, descriptors, and a token. */
    private static byte[] withoutPointers(byte[] attr) {
        byte[] asked = new byte[SIZE];
        ByteBuffer from = fields(attr);
        ByteBuffer to = fields(asked);
        for (int field : new int[] {PROG_TYPE, INSN_CNT, EXPECTED_ATTACH_TYPE}) {
            to.putInt(field, from.getInt(field));
        }
        to.putInt(PROG_FLAGS, from.getInt(PROG_FLAGS) & ~TOKEN_FD_FLAG);
        return asked;
    }

    private static ByteBuffer fields(byte[] attr) {
        return ByteBuffer.wrap(attr).order(ByteOrder.nativeOrder());
    }
}
