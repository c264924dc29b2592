package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.internal.object.BtfInfo;
import org.bpfgate.kernel.internal.object.KernelTypes;
import org.bpfgate.kernel.internal.object.MapProbe;
import org.bpfgate.kernel.internal.object.ProgInfo;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.AttachTarget.KernelObject;
import org.bpfgate.program.AttachTarget.Kind;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;

/**
 * What a copied load refers to beside maps.
 *
 * @param target where the program is to run
 * @param records its records that refer to types
 * @param kernelTypes the types of kernel modules that its instructions refer to
 */
record LoadTypes(AttachTarget target, TypeRecords records, List<KernelObject> kernelTypes) {
    private static final KernelTypes KERNEL_TYPES = new KernelTypes(Path.of("/sys/kernel/btf"));
    private static final KernelObject OTHER = new KernelObject(Kind.OTHER, 0, "", "");

    /** What {@code bpf_find_exception_callback_insn_off()} of {@code kernel/bpf/btf.c} looks for in declaration tags. */
    private static final String EXCEPTION_CALLBACK = "exception_callback:";

    LoadTypes {
        kernelTypes = List.copyOf(kernelTypes);
    }

    /**
     * Finds it out.
     *
     * @param copy a load whose descriptors were replaced by ours
     * @param references what its instructions refer to
     * @throws SyscallException when the program's own types cannot be read
     */
    static LoadTypes of(Syscalls syscalls, LoadCopy copy, LoadFds.References references) throws SyscallException {
        NativeBuffer attr = copy.original();
        TypeRecords records = new TypeRecords(
                attr.getInt(FUNC_INFO_CNT),
                attr.getInt(LINE_INFO_CNT),
                attr.getInt(CORE_RELO_CNT),
                references.callsKernel()
                        && attr.getInt(FUNC_INFO_CNT) != 0
                        && namesExceptionCallback(syscalls, copy.attr().getInt(PROG_BTF_FD)));
        Optional<KernelObject> object = attr.getInt(ATTACH_PROG_FD) == 0
                ? Optional.empty()
                : Optional.of(describe(syscalls, copy.attr().getInt(ATTACH_PROG_FD)));
        int type = attr.getInt(ATTACH_BTF_ID);
        return new LoadTypes(
                new AttachTarget(type, object, name(attr, type, object)),
                records,
                describe(syscalls, references.types()));
    }

    /** For the members of a structure both names, as the member's number depends on the kernel. */
    private static Optional<String> name(NativeBuffer attr, int type, Optional<KernelObject> object) {
        Optional<String> name = name(type, object);
        if (attr.getInt(PROG_TYPE) != ProgramType.STRUCT_OPS.number()) {
            return name;
        }
        String module = object.map(KernelObject::name).orElse("");
        Optional<String> member = KERNEL_TYPES.memberOf(module, type, attr.getInt(EXPECTED_ATTACH_TYPE));
        return name.flatMap(struct -> member.map(of -> struct + "." + of));
    }

    /** The types of programs are their own, and not looked up; those of the kernel have no object, those of its modules one with a name. */
    private static Optional<String> name(int type, Optional<KernelObject> object) {
        if (type == 0) {
            return Optional.empty();
        }
        if (object.isEmpty()) {
            return KERNEL_TYPES.nameOf("", type);
        }
        boolean isModule =
                object.get().kind() == Kind.BTF && !object.get().name().isEmpty();
        return isModule ? KERNEL_TYPES.nameOf(object.get().name(), type) : Optional.empty();
    }

    private static List<KernelObject> describe(Syscalls syscalls, Collection<Integer> descriptors) {
        List<KernelObject> objects = new ArrayList<>();
        for (int descriptor : descriptors) {
            objects.add(describe(syscalls, descriptor));
        }
        return objects;
    }

    private static KernelObject describe(Syscalls syscalls, int fd) {
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

    /** A text that stands in the types anywhere counts, which refuses a little more than the kernel looks at. */
    private static boolean namesExceptionCallback(Syscalls syscalls, int fd) throws SyscallException {
        if (!MapProbe.isBtf(syscalls, fd)) {
            return false;
        }
        String types = new String(BtfInfo.bytes(syscalls, fd), StandardCharsets.ISO_8859_1);
        return types.contains(EXCEPTION_CALLBACK);
    }
}
