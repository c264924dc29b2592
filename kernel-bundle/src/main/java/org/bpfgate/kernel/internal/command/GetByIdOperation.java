package org.bpfgate.kernel.internal.command;

import static org.bpfgate.kernel.internal.syscall.OtherAttr.OPEN_FLAGS;

import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** {@code BPF_PROG_GET_FD_BY_ID} and {@code BPF_MAP_GET_FD_BY_ID}. */
final class GetByIdOperation implements MediatedOperation {
    private final CommandRequest request;
    private final Syscalls.Bpf call;
    private final ExistingObject object;

    GetByIdOperation(CommandRequest request, Syscalls.Bpf call) {
        this.request = request;
        this.call = call;
        object = new ExistingObject(request);
    }

    @Override
    public int execute() throws SyscallException {
        return request.perform(call);
    }

    @Override
    public HookResult postCheck(int fd) throws SyscallException {
        return object.decide(fd, request.fileMode(OPEN_FLAGS));
    }

    @Override
    public String object() {
        return object.toString();
    }

    @Override
    public void close() {
        // The modules know the object during the check only.
    }
}
