package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.Errnos;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.program.ProgramType;

/**
 * Lends a client nothing: while a call is made for it, the calling thread uses only the capabilities that the client has too.
 * So the kernel itself refuses what it would refuse the client. A client in another user namespace has none that count here.
 */
final class ClientRights {
    /** {@code bpf_token_capable()}: CAP_SYS_ADMIN stands for the others, but who has it alone is asked about all the same. */
    private static final long FOR_LOADS =
            (1L << Capabilities.BPF) | (1L << Capabilities.PERFMON) | (1L << Capabilities.NET_ADMIN);

    private final Syscalls syscalls;
    private final Capabilities own;
    private final ClientStatus self;

    /** Reads the rights of the calling thread, which is the one that uses this. */
    ClientRights(Syscalls syscalls) throws SyscallException {
        this.syscalls = syscalls;
        own = new Capabilities(syscalls);
        try (Clients clients = new Clients(syscalls)) {
            self = clients.of(syscalls.gettid());
        }
    }

    /** Makes a call of the kernel. */
    interface Call {
        int perform() throws SyscallException;
    }

    /**
     * Makes a call with these capabilities and no others, as far as the thread has them.
     *
     * @param capabilities bit n for capability n
     * @throws SyscallException what the call throws; with {@code EPERM} when the rights cannot be taken or given back
     */
    int perform(long capabilities, Call call) throws SyscallException {
        own.use(capabilities);
        try {
            return call.perform();
        } finally {
            own.useAll();
        }
    }

    /**
     * Has the kernel refuse a load that the client has no right to make, before anything but the attributes is copied: from a client
     * without capabilities a million instructions would cost the gate a hundred times what they cost the client. The kernel is asked with
     * the client's capabilities for the same load without instructions, and looks at rights and numbers before it looks for those
     * ({@code bpf_prog_load()} of {@code kernel/bpf/syscall.c}). A client that has all capabilities a load can need is not asked about.
     *
     * @param attr the attributes
     * @throws SyscallException with what the kernel refuses the client: {@code EPERM}; {@code E2BIG} for more instructions than it may
     */
    void requireLoad(byte[] attr, ClientStatus client) throws SyscallException {
        long usable = usable(client);
        if ((usable & FOR_LOADS) == FOR_LOADS || (isLikeMe(client) && hasToken(attr))) {
            return;
        }
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer asked = scope.copyOf(withoutPointers(attr));
            asked.putLong(LICENSE, scope.allocate(1).address());
            syscalls.close(perform(usable, () -> syscalls.bpf(Syscalls.Bpf.PROG_LOAD, asked, SIZE)));
        } catch (SyscallException e) {
            if (e.errno() == Errnos.EPERM || e.errno() == Errnos.E2BIG) {
                String note = hasToken(attr) ? ", whose token does not count for the gate's user" : "";
                ProgramType type = LoadDescription.type(fields(attr).getInt(PROG_TYPE));
                throw MissingRights.explain(
                        new SyscallException(e.command() + note, e.errno(), e.size()), usable, type);
            }
            // Such as EFAULT for the instructions: the rights do, and the rest is judged with the load.
        }
    }

    /** Returns whether a load brings a token. */
    static boolean hasToken(byte[] attr) {
        return (fields(attr).getInt(PROG_FLAGS) & TOKEN_FD_FLAG) != 0;
    }

    /** Nothing of the client's is left that the kernel would look up in the gate: no pointers, descriptors, and no token. */
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

    /** Returns the capabilities of a client that count here, bit n for capability n. */
    long usable(ClientStatus client) {
        return isOfOwnNamespace(client) ? client.capabilities() : 0;
    }

    /** Returns whether a client is of the gate's own user namespace and user, so that it owns no other namespaces than the gate. */
    boolean isLikeMe(ClientStatus client) {
        return client.uid() == self.uid() && isOfOwnNamespace(client);
    }

    /** Returns whether a client is in the user namespace of the gate. */
    boolean isOfOwnNamespace(ClientStatus client) {
        return client.userNamespace().equals(self.userNamespace());
    }
}
