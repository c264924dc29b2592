package org.bpfgate.kernel.internal.command;

import org.bpfgate.kernel.internal.client.ClientFds;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.client.StillWaiting;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.OtherAttr;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.FileMode;
import org.bpfgate.stack.SecurityHooks;

/**
 * One command of a client, copied, and what it takes to execute it. For the thread that mediates it.
 *
 * @param mediated the request
 * @param attr our copy of its attributes, to be completed and given to the kernel
 * @param waiting says on any thread whether the client still waits
 * @param memory the client's memory
 * @param fds our duplicates of the client's descriptors
 * @param scope holds what {@code attr} points to
 * @param context is shared by all requests
 * @param syscalls those of this thread
 * @param rights limit this thread's capabilities to the client's
 * @param log where the client wants the log of the command
 */
record CommandRequest(
        MediatedRequest mediated,
        NativeBuffer attr,
        StillWaiting waiting,
        ClientMemory memory,
        ClientFds fds,
        NativeScope scope,
        MediationContext context,
        Syscalls syscalls,
        ClientRights rights,
        CommandLog log) {
    /** Returns the client as the kernel reports it. */
    ClientStatus client() {
        return mediated.status();
    }

    /** Returns the hooks that decide. */
    SecurityHooks hooks() {
        return context.hooks();
    }

    /** Returns the kernel. */
    Machine machine() {
        return context.machine();
    }

    /** Makes the call from our copy, with the client's rights; returns the descriptor that it gives. */
    int perform(Syscalls.Bpf call) throws SyscallException {
        return perform(call, rights.usable(client()));
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

    /** Returns what a descriptor permits that is asked for with the flags of a field: {@code bpf_get_file_flag()} of the kernel. */
    FileMode fileMode(int field) {
        if (hasFlag(field, OtherAttr.READ_ONLY_FLAG)) {
            return FileMode.READ;
        }
        return hasFlag(field, OtherAttr.WRITE_ONLY_FLAG) ? FileMode.WRITE : FileMode.READ_WRITE;
    }
}
