package org.bpfgate.kernel.internal.load;

import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.object.KernelTags;
import org.bpfgate.kernel.internal.object.Tokens;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** Mediates {@code BPF_PROG_LOAD}. For one thread, whose system calls it makes. */
public final class LoadMediation {
    private final LoadTools tools;

    public LoadMediation(MediationContext context, Syscalls syscalls, Answers answers, ClientRights rights) {
        tools = new LoadTools(
                context,
                syscalls,
                answers,
                rights,
                new LoadRights(syscalls, rights),
                new Tokens(syscalls, rights, context.hooks()),
                new LoadedProgramCheck(KernelTags.ofTheRunningKernel()));
    }

    /** Answers a request, and records in it what becomes known. */
    public void mediate(MediatedRequest request) {
        try (MediatedLoad load = MediatedLoad.read(tools, request)) {
            load.decide();
            load.perform();
            load.handOver();
        } catch (SyscallException e) {
            request.recordFailure(e, tools.rights().isOfOwnNamespace(request.status()));
            tools.answers().fail(request, e);
        }
    }
}
