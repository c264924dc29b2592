package org.bpfgate.kernel.internal.load;

import java.util.List;
import java.util.Set;
import org.bpfgate.kernel.internal.client.AccessWatch;
import org.bpfgate.kernel.internal.client.ClientMemory;
import org.bpfgate.kernel.internal.client.ClientProcess;
import org.bpfgate.kernel.internal.client.ClientStatus;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.request.AttrCopy;
import org.bpfgate.kernel.internal.seccomp.Notifications.Notification;
import org.bpfgate.kernel.internal.syscall.Machine;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.ProgLoadAttr;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.ProgramLoad;

/** A load whose client is this process, so that it can be copied and described without a kernel that loads anything. */
final class OwnLoad implements AutoCloseable {
    final NativeScope scope = NativeScope.open();
    final NativeBuffer attr = scope.allocate(4096);
    private final Syscalls syscalls = Machine.link().newSyscalls();
    private int size = ProgLoadAttr.SIZE;

    /** Two instructions and a licence; everything else is zero. */
    OwnLoad() {
        attr.putInt(ProgLoadAttr.PROG_TYPE, 1);
        attr.putInt(ProgLoadAttr.INSN_CNT, 2);
        attr.putLong(
                ProgLoadAttr.INSNS,
                scope.copyOf(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0})
                        .address());
        attr.putLong(ProgLoadAttr.LICENSE, scope.text("GPL").address());
    }

    /** Gives so many bytes of attributes. */
    OwnLoad size(int bytes) {
        size = bytes;
        return this;
    }

    OwnLoad with(int field, int value) {
        attr.putInt(field, value);
        return this;
    }

    /** Lets a pointer point to so many bytes, none of which is zero. */
    OwnLoad with(int pointer, byte[] bytes) {
        attr.putLong(pointer, scope.copyOf(bytes).address());
        return this;
    }

    /** Copies it as a mediation does. */
    LoadCopy copy() throws SyscallException {
        Notification request = new Notification(1, syscalls.gettid(), 5, attr.address(), size);
        try (ClientMemory memory = ClientMemory.open(syscalls, syscalls.gettid(), () -> {}, new AccessWatch())) {
            return LoadCopy.of(memory, scope, request, AttrCopy.read(memory, request));
        }
    }

    /** Describes it as a mediation does, as far as it has no descriptors. */
    ProgramLoad describe() throws SyscallException {
        ClientStatus client = new ClientStatus(1, 1, 0, "client", 0, "user:[1]");
        LoadCopy copy = copy();
        LoadTypes types = LoadTypes.of(syscalls, copy, new LoadFds.References(List.of(), Set.of(), false));
        return LoadDescription.of(
                copy,
                List.of(),
                types,
                new ClientProcess(client, () -> syscalls, () -> {}, new AccessWatch(), () -> false),
                FeatureProbes.shipped());
    }

    @Override
    public void close() {
        scope.close();
    }
}
