package org.bpfgate.kernel.internal.load;

import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.object.Tokens;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * What a thread uses for every load that it mediates.
 *
 * @param context is shared by all threads
 * @param syscalls those of this thread
 * @param answers answer the requests of this thread
 * @param rights limit this thread's capabilities to the client's
 * @param loadRights check a client's rights before its load is copied
 * @param tokens decide on the clients' tokens
 * @param check compares what the kernel loaded
 */
record LoadTools(
        MediationContext context,
        Syscalls syscalls,
        Answers answers,
        ClientRights rights,
        LoadRights loadRights,
        Tokens tokens,
        LoadedProgramCheck check) {}
