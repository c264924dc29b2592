package org.bpfgate.kernel.internal.client;

import org.bpfgate.kernel.internal.syscall.Capabilities;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * Runs a system call with at most the client's capabilities, so that the kernel refuses what it would refuse the client. A client in
 * another user namespace has no capabilities that count in the gate's.
 */
public final class ClientRights {
    private final Capabilities own;
    private final ClientStatus self;

    /** Reads the rights of the calling thread, which is the one that uses this. */
    public ClientRights(Syscalls syscalls) throws SyscallException {
        own = new Capabilities(syscalls);
        try (Clients clients = new Clients(syscalls)) {
            self = clients.of(syscalls.gettid());
        }
    }

    /** Makes a call of the kernel. */
    public interface Call {
        int perform() throws SyscallException;
    }

    /**
     * Makes a call with these capabilities and no others, as far as the thread has them.
     *
     * @param capabilities bit n for capability n
     * @throws SyscallException what the call throws; with {@code EPERM} when the rights cannot be taken or given back
     */
    public int perform(long capabilities, Call call) throws SyscallException {
        own.use(capabilities);
        try {
            return call.perform();
        } finally {
            own.useAll();
        }
    }

    /** Returns the capabilities of a client that count here, bit n for capability n. */
    public long usable(ClientStatus client) {
        return isOfOwnNamespace(client) ? client.capabilities() : 0;
    }

    /** Returns whether a client is of the gate's own user namespace and user, so that it owns no other namespaces than the gate. */
    public boolean isLikeMe(ClientStatus client) {
        return client.uid() == self.uid() && isOfOwnNamespace(client);
    }

    /** Returns whether a client is in the user namespace of the gate. */
    public boolean isOfOwnNamespace(ClientStatus client) {
        return client.userNamespace().equals(self.userNamespace());
    }
}
