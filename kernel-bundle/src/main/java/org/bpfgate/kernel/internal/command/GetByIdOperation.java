package org.bpfgate.kernel.internal.command;

import org.bpfgate.kernel.internal.syscall.OtherAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** {@code BPF_PROG_GET_FD_BY_ID} and {@code BPF_MAP_GET_FD_BY_ID}. */
final class GetByIdOperation extends LookupOperation {
    private final Syscalls.Bpf call;

    GetByIdOperation(CommandRequest request, Syscalls.Bpf call) {
        super(request, OtherAttr.OPEN_FLAGS);
        this.call = call;
    }

    @Override
    public int execute() throws SyscallException {
        return request().perform(call);
    }
}
