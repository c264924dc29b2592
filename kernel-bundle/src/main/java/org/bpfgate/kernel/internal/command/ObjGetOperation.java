package org.bpfgate.kernel.internal.command;

import static org.bpfgate.kernel.internal.syscall.OtherAttr.*;

import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/** {@code BPF_OBJ_GET}: what is pinned at a path, as the client sees paths. */
final class ObjGetOperation extends LookupOperation {
    /** {@code PATH_MAX} of {@code include/uapi/linux/limits.h}, the NUL included. */
    private static final int MOST_PATH = 4096;

    ObjGetOperation(CommandRequest request) {
        super(request, FILE_FLAGS);
    }

    @Override
    public int execute() throws SyscallException {
        CommandRequest request = request();
        NativeBuffer attr = request.attr();
        byte[] path = request.memory().readText(attr.getLong(PATHNAME), MOST_PATH);
        if (path.length == MOST_PATH) {
            throw new SyscallException("bpf(OBJ_GET)", Errnos.ENAMETOOLONG, 0);
        }
        NativeBuffer copy = request.scope().allocate(path.length + 1L);
        copy.put(0, path);
        boolean below = request.hasFlag(FILE_FLAGS, PATH_FD_FLAG);
        if (below) {
            request.takeFd(PATH_FD);
        }
        byte[] known = attr.getBytes(0, ProgLoadAttr.SIZE);
        return new ClientPathLookup(request)
                .performOnPath(below ? attr.getInt(PATH_FD) : Syscalls.WORKING_DIRECTORY, copy, (syscalls, place) -> {
                    try (NativeScope scope = NativeScope.open()) {
                        NativeBuffer own = scope.copyOf(known); // The memory of a scope is its thread's.
                        own.putLong(PATHNAME, scope.text(place.name()).address());
                        if (below) {
                            own.putInt(PATH_FD, place.directory());
                        }
                        return syscalls.bpf(Syscalls.Bpf.OBJ_GET, own, ProgLoadAttr.SIZE);
                    }
                });
    }
}
