package org.bpfgate.kernel.internal.command;

import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.syscall.Native;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.stack.SecurityHooks;

/**
 * One command of a client, copied, and what it takes to perform it. For the thread that mediates it.
 *
 * @param attr our copy of its attributes, to be completed and given to the kernel
 * @param client who asks
 * @param waiting says on any thread whether the client still waits
 * @param memory the client's memory
 * @param access told of everything else of the client's that may never come
 * @param fds our duplicates of the client's descriptors
 * @param scope holds what {@code attr} points to
 * @param hooks decide
 * @param machine the kernel
 * @param syscalls those of this thread
 * @param rights cut this thread's rights to the client's
 * @param log where the client wants the log of the command
 */
record CommandRequest(
        NativeBuffer attr,
        ClientStatus client,
        StillWaiting waiting,
        ClientMemory memory,
        AccessWatch access,
        ClientFds fds,
        NativeScope scope,
        SecurityHooks hooks,
        Native machine,
        Syscalls syscalls,
        ClientRights rights,
        CommandLog log) {
    /** Makes the call from our copy, with the client's rights; returns the descriptor that it gives. */
    int perform(Syscalls.Bpf call) throws SyscallException {
        return perform(call, rights.usable(client));
    }

    /** Makes the call from our copy with these capabilities; returns the descriptor that it gives. */
    int perform(Syscalls.Bpf call, long capabilities) throws SyscallException {
        return rights.perform(capabilities, () -> log.perform(syscalls, call, attr, ProgLoadAttr.SIZE));
    }

    /** Replaces the client's descriptor in a field by our duplicate. */
    void takeFd(int field) throws SyscallException {
        attr.putInt(field, fds.take(attr.getInt(field)));
    }

    /** Returns whether a bit of a field is set. */
    boolean hasFlag(int field, int flag) {
        return (attr.getInt(field) & flag) != 0;
    }
}
