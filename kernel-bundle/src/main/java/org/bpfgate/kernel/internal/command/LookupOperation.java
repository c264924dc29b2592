package org.bpfgate.kernel.internal.command;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.load.LoadDescription;
import org.bpfgate.kernel.internal.object.KernelMap;
import org.bpfgate.kernel.internal.object.MapInfo;
import org.bpfgate.kernel.internal.object.MapProbe;
import org.bpfgate.kernel.internal.object.ProgInfo;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.UsedMap;
import org.bpfgate.stack.SecurityHooks;

/**
 * A command that gives a descriptor of an object that the kernel has already. The object is described to the modules as the kernel reports
 * it. To them it is a new object: what they stored with it when it was loaded through this gate is gone.
 */
abstract sealed class LookupOperation implements MediatedOperation permits GetByIdOperation, ObjGetOperation {
    private final CommandRequest request;
    private final int flags;
    private String text = "";

    /**
     * Prepares a lookup.
     *
     * @param flags the field that says what the descriptor permits
     */
    LookupOperation(CommandRequest request, int flags) {
        this.request = request;
        this.flags = flags;
    }

    /** Returns the request. */
    final CommandRequest request() {
        return request;
    }

    /** Asks the modules about a map or a program; links and other objects have no hook. */
    @Override
    public final HookResult postCheck(int fd) throws SyscallException {
        FileMode mode = request.fileMode(flags);
        if (MapProbe.isMap(request.syscalls(), fd)) {
            return decideOnMap(MapInfo.of(request.syscalls(), fd), mode);
        }
        return MapProbe.isProgram(request.syscalls(), fd)
                ? decideOnProgram(ProgInfo.of(request.syscalls(), fd))
                : HookResult.ALLOW;
    }

    private HookResult decideOnMap(MapInfo info, FileMode mode) {
        SecurityHooks hooks = request.hooks();
        BpfMap map =
                new BpfMap(info.name(), info.type(), info.keySize(), info.valueSize(), info.maxEntries(), info.flags());
        text = map.toString();
        try {
            return hooks.bpfMap(map, mode);
        } finally {
            hooks.bpfMapFree(map);
        }
    }

    private HookResult decideOnProgram(ProgInfo info) throws SyscallException {
        SecurityHooks hooks = request.hooks();
        Instructions instructions = info.instructions()
                .orElseThrow(() -> new SyscallException(
                        "bpf(OBJ_GET_INFO_BY_FD), which shows this gate no instructions", Errnos.EPERM, 0));
        BpfProgram program =
                new BpfProgram(info.name(), LoadDescription.type(info.type()), instructions, usedMaps(info.mapIds()));
        text = program + ", tag " + info.tag();
        try {
            return hooks.bpfProg(program);
        } finally {
            hooks.bpfProgFree(program);
        }
    }

    /** With the gate's own rights, because only the modules see them. */
    private List<UsedMap> usedMaps(List<Integer> ids) throws SyscallException {
        List<UsedMap> maps = new ArrayList<>();
        for (int id : ids) {
            NativeBuffer attr = request.scope().allocate(ProgLoadAttr.SIZE);
            attr.putInt(0, id);
            int fd = request.syscalls().bpf(Syscalls.Bpf.MAP_GET_FD_BY_ID, attr, ProgLoadAttr.SIZE);
            request.fds().adopt(fd);
            maps.add(new KernelMap(request.machine(), request.fds(), fd, false));
        }
        return maps;
    }

    @Override
    public final String object() {
        return text;
    }

    @Override
    public final void close() {
        // The modules know the object during the check only.
    }
}
