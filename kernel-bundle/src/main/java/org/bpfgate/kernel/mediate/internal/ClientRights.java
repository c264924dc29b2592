package org.bpfgate.kernel.mediate.internal;

import java.util.Arrays;
import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.kernel.syscall.internal.NativeScope;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * Lends a client nothing: while a call is made for it, the calling thread uses only the capabilities that the client has too.
 * So the kernel itself refuses what it would refuse the client. A client in another user namespace has none that count here.
 */
final class ClientRights {
    private static final int LINK_SIZE = 64;

    private final Syscalls syscalls;
    private final Capabilities own;
    private final byte[] ownNamespace;
    private final long ownUid;

    /** Reads the rights of the calling thread, which is the one that uses this. */
    ClientRights(Syscalls syscalls) throws SyscallException {
        this.syscalls = syscalls;
        own = new Capabilities(syscalls);
        ownNamespace = userNamespace("self");
        ownUid = ClientStatus.of(syscalls, syscalls.gettid()).uid();
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

    /** Returns the capabilities of a client that count here, bit n for capability n. */
    long usable(ClientStatus client) throws SyscallException {
        return isForeign(client) ? 0 : client.capabilities();
    }

    /** Returns whether a client is of the gate's own user namespace and user, so that it owns no other namespaces than the gate. */
    boolean isLikeMe(ClientStatus client) throws SyscallException {
        return client.uid() == ownUid && isOfOwnNamespace(client);
    }

    private boolean isForeign(ClientStatus client) throws SyscallException {
        return own.effective() != 0 && !isOfOwnNamespace(client);
    }

    private boolean isOfOwnNamespace(ClientStatus client) throws SyscallException {
        return Arrays.equals(ownNamespace, userNamespace(Integer.toString(client.tid())));
    }

    private byte[] userNamespace(String process) throws SyscallException {
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer link = scope.allocate(LINK_SIZE);
            int length = syscalls.readLink(scope.text("/proc/" + process + "/ns/user"), link);
            return link.getBytes(0, length);
        }
    }
}
