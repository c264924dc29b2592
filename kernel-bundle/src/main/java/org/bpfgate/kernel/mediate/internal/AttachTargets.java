package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import java.util.Optional;
import org.bpfgate.kernel.syscall.internal.BtfInfo;
import org.bpfgate.kernel.syscall.internal.MapProbe;
import org.bpfgate.kernel.syscall.internal.ProgInfo;
import org.bpfgate.kernel.syscall.internal.SyscallException;
import org.bpfgate.kernel.syscall.internal.Syscalls;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.AttachTarget.KernelObject;
import org.bpfgate.program.AttachTarget.Kind;

/** Finds out where a copied load says that its program is to run. */
final class AttachTargets {
    private static final KernelObject OTHER = new KernelObject(Kind.OTHER, 0, "", "");

    private AttachTargets() {}

    /**
     * Describes the target.
     *
     * @param copy a load whose descriptors were replaced by ours
     */
    static AttachTarget of(Syscalls syscalls, LoadCopy copy) {
        boolean hasObject = copy.original().getInt(ATTACH_PROG_FD) != 0;
        return new AttachTarget(
                copy.original().getInt(ATTACH_BTF_ID),
                hasObject ? Optional.of(object(syscalls, copy.attr().getInt(ATTACH_PROG_FD))) : Optional.empty());
    }

    private static KernelObject object(Syscalls syscalls, int fd) {
        try {
            if (MapProbe.isProgram(syscalls, fd)) {
                ProgInfo program = ProgInfo.of(syscalls, fd);
                return new KernelObject(Kind.PROGRAM, program.id(), program.name(), program.tag());
            }
            if (MapProbe.isBtf(syscalls, fd)) {
                BtfInfo types = BtfInfo.of(syscalls, fd);
                return new KernelObject(Kind.BTF, types.id(), types.name(), "");
            }
        } catch (SyscallException e) {
            return OTHER;
        }
        return OTHER;
    }
}
