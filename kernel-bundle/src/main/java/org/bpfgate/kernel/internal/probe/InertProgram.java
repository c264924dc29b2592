package org.bpfgate.kernel.internal.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfgate.program.AttachType;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;

/**
 * The program that is handed over in the place of one that was only tried: {@code r0 = VALUE; exit}, with the value by which a program
 * of its type leaves everything as if it were not there. Values are those of the kernel's {@code check_return_code()} and of the
 * callers of each type.
 */
public final class InertProgram {
    /** {@code BPF_ALU64 | BPF_MOV | BPF_K}: {@code r0 = imm}. */
    private static final byte MOVE = (byte) 0xb7;

    /** {@code BPF_JMP | BPF_EXIT}. */
    private static final byte EXIT = (byte) 0x95;

    private static final int VALUE = 4;

    private InertProgram() {}

    /**
     * Returns the instructions.
     *
     * @param type that of the inert program, see {@link #typeFor}
     * @param attachType {@code attr.expected_attach_type}
     */
    public static byte[] of(ProgramType type, int attachType) {
        byte[] code = new byte[2 * Instructions.SLOT_SIZE];
        code[0] = MOVE;
        ByteBuffer.wrap(code)
                .order(ByteOrder.nativeOrder())
                .putInt(VALUE, value(type, AttachType.byNumber(attachType)));
        code[Instructions.SLOT_SIZE] = EXIT;
        return code;
    }

    /**
     * Returns the type of the inert program. There is no value by which the replacement of a function, in a program that others run, or
     * an operation of the kernel changes nothing: a socket filter is handed over for these, which cannot be attached there.
     */
    public static ProgramType typeFor(ProgramType type) {
        return switch (type) {
            case EXT, STRUCT_OPS -> ProgramType.SOCKET_FILTER;
            default -> type;
        };
    }

    /**
     * Returns whether a program needs no substitute: its instructions are those of the inert program, or drop what comes to the client's
     * own sockets.
     */
    public static boolean isInert(ProgramType type, int attachType, byte[] instructions) {
        if (type == ProgramType.SOCKET_FILTER && Arrays.equals(instructions, of(ProgramType.RAW_TRACEPOINT, 0))) {
            return true;
        }
        return typeFor(type) == type && Arrays.equals(instructions, of(type, attachType));
    }

    private static int value(ProgramType type, @Nullable AttachType attach) {
        return switch (type) {
            // The length of the packet that is kept: all of it.
            case SOCKET_FILTER -> -1;
            // XDP_PASS.
            case XDP -> 2;
            // TC_ACT_UNSPEC, also TCX_NEXT and NETKIT_NEXT: as if there were no program.
            case SCHED_CLS, SCHED_ACT -> -1;
            // Allowed; of SK_PASS, NF_ACCEPT, and a cgroup's programs.
            case CGROUP_SKB,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_DEVICE,
                    CGROUP_SYSCTL,
                    CGROUP_SOCKOPT,
                    SOCK_OPS,
                    SK_SKB,
                    SK_MSG,
                    SK_REUSEPORT,
                    SK_LOOKUP,
                    NETFILTER -> 1;
            // 0 is for perf to drop the event, for everybody who listens. A session's 1 is to skip what comes at the
            // return.
            case KPROBE ->
                attach == AttachType.TRACE_KPROBE_SESSION || attach == AttachType.TRACE_UPROBE_SESSION ? 0 : 1;
            case TRACEPOINT, PERF_EVENT -> 1;
            // BPF_FLOW_DISSECTOR_CONTINUE: the kernel's own dissector takes over.
            case FLOW_DISSECTOR -> 129;
            // Programs of cgroups allow by 1, all others by 0.
            case LSM -> attach == AttachType.LSM_CGROUP ? 1 : 0;
            default -> 0;
        };
    }
}
