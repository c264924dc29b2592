package org.bpfgate.kernel.internal.command;

import static org.bpfgate.kernel.internal.syscall.OtherAttr.BPFFS_FD;

import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.object.TokenInfo;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.TokenCreation;
import org.jspecify.annotations.Nullable;

/**
 * {@code BPF_TOKEN_CREATE}. The kernel makes a token only for a thread in the user namespace of the BPF file system, so a gate
 * outside of it gets, and gives, the kernel's {@code EPERM}.
 */
final class TokenCreateOperation implements MediatedOperation {
    private static final int LINK_SIZE = 4096;

    private final CommandRequest request;
    private @Nullable BpfToken token;

    TokenCreateOperation(CommandRequest request) {
        this.request = request;
    }

    @Override
    public int execute() throws SyscallException {
        request.takeFd(BPFFS_FD);
        return new ClientPathLookup(request)
                .perform(syscalls -> syscalls.bpf(Syscalls.Bpf.TOKEN_CREATE, request.attr(), ProgLoadAttr.SIZE));
    }

    @Override
    public HookResult postCheck(int fd) throws SyscallException {
        TokenInfo info = TokenInfo.of(request.syscalls(), fd)
                .orElseThrow(() -> new SyscallException("fdinfo of a token, which tells no masks", Errnos.EPERM, 0));
        token = new BpfToken(info.commands(), info.maps(), info.programs(), info.attachments());
        return request.hooks().bpfTokenCreate(new TokenCreation(token, path()));
    }

    private String path() throws SyscallException {
        var link = request.scope().allocate(LINK_SIZE);
        int length = request.syscalls()
                .readLink(request.scope().text("/proc/self/fd/" + request.attr().getInt(BPFFS_FD)), link);
        return link.getText(0, length);
    }

    @Override
    public String object() {
        return "token";
    }

    @Override
    public void close() {
        if (token != null) {
            request.hooks().bpfTokenFree(token);
        }
    }
}
