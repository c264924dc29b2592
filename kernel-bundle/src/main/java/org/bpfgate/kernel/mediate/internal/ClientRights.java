package org.bpfgate.kernel.mediate.internal;

import org.bpfgate.kernel.syscall.internal.Capabilities;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/**
 * Runs a system call with at most the client's capabilities, so that the kernel refuses what it would refuse the client. A client in
 * another user namespace has no capabilities that count in the gate's.
 */
final class ClientRights {
    private final Capabilities own;
    private final ClientStatus self;

    /** Reads the rights of the calling thread, which is the one that uses this. */
    ClientRights(Syscalls syscalls) throws SyscallException {
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
