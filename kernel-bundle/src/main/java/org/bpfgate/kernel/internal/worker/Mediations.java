package org.bpfgate.kernel.internal.worker;

import org.bpfgate.kernel.internal.client.ClientRights;
import org.bpfgate.kernel.internal.client.Clients;
import org.bpfgate.kernel.internal.command.CommandMediation;
import org.bpfgate.kernel.internal.load.LoadMediation;
import org.bpfgate.kernel.internal.request.Answers;
import org.bpfgate.kernel.internal.request.MediatedRequest;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfCommand;

/** How one thread mediates: loads in one way, all other commands in another. */
final class Mediations {
    private final LoadMediation loads;
    private final CommandMediation others;
    private final RefusedCalls refusedCalls;

    Mediations(MediationContext gate, Syscalls syscalls, Answers answers, Clients clients) throws SyscallException {
        ClientRights rights = new ClientRights(syscalls);
        loads = new LoadMediation(gate, syscalls, answers, rights);
        others = new CommandMediation(gate, syscalls, answers, rights);
        refusedCalls = new RefusedCalls(gate, answers, clients);
    }

    /** Refuses and records a call that the gate does not know; returns false when it is to be mediated. */
    boolean refuses(Notification request) {
        return refusedCalls.refuses(request);
    }

    /** Answers a request; the exchange takes what becomes known of it, and the answer. */
    void mediate(Notification request, MediatedRequest exchange) {
        if (exchange.command() == BpfCommand.PROG_LOAD) {
            loads.mediate(request, exchange);
        } else {
            others.mediate(request, exchange);
        }
    }
}
