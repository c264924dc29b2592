package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.OtherAttr.OPEN_FLAGS;

import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;

/** {@code BPF_PROG_GET_FD_BY_ID} and {@code BPF_MAP_GET_FD_BY_ID}. */
final class GetByIdPerformance implements Performance {
    private final CommandRequest request;
    private final Syscalls.Bpf call;
    private final KernelObject object;

    GetByIdPerformance(CommandRequest request, Syscalls.Bpf call) {
        this.request = request;
        this.call = call;
        object = new KernelObject(request);
    }

    @Override
    public int perform() throws SyscallException {
        return request.perform(call);
    }

    @Override
    public HookResult decide(int fd) throws SyscallException {
        return object.decide(fd, FileModes.of(request.attr().getInt(OPEN_FLAGS)));
    }

    @Override
    public String object() {
        return object.toString();
    }

    @Override
    public void close() {
        // The modules heard of the object for the time of the question only.
    }
}
