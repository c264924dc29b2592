package org.bpfgate.kernel.mediate.internal;

import java.util.Arrays;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * Lends a client nothing: while a call is made for it, the calling thread uses only the capabilities that the client has too.
 * So the kernel itself refuses what it would refuse the client. A client in another user namespace has none that count here; a
 * token that a BPF file system delegates there is therefore of no use under the gate.
 */
final class ClientRights {
    private static final int LINK_SIZE = 64;

    private final Syscalls syscalls;
    private final Capabilities own;
    private final byte[] ownNamespace;

    /** Reads the rights of the calling thread, which is the one that uses this. */
    ClientRights(Syscalls syscalls) throws SyscallException {
        this.syscalls = syscalls;
        own = new Capabilities(syscalls);
        ownNamespace = userNamespace("self");
    }

    /** Makes a call of the kernel. */
    interface Call {
        int perform() throws SyscallException;
    }

    /**
     * Makes a call with the client's rights.
     *
     * @throws SyscallException what the call throws; with {@code EPERM} when the rights cannot be taken or given back
     */
    int perform(ClientStatus client, Call call) throws SyscallException {
        own.use(usable(client));
        try {
            return call.perform();
        } finally {
            own.useAll();
        }
    }

    /** Returns the capabilities of a client that count here, bit n for capability n. */
    long usable(ClientStatus client) throws SyscallException {
        return isForeign(client) ? 0 : client.capabilities();
    }

    private boolean isForeign(ClientStatus client) throws SyscallException {
        return own.effective() != 0 && !Arrays.equals(ownNamespace, userNamespace(Integer.toString(client.tid())));
    }

    private byte[] userNamespace(String process) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer link = scope.allocate(LINK_SIZE);
            int length = syscalls.readLink(scope.text("/proc/" + process + "/ns/user"), link);
            return link.getBytes(0, length);
        }
    }
}
