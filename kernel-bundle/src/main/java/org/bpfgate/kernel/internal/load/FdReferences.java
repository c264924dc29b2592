package org.bpfgate.kernel.internal.load;

import java.nio.ByteBuffer;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.program.Instructions;

/**
 * Finds the file descriptors in the instructions of a program: constants of {@code include/uapi/linux/bpf.h}. Bytes that are no
 * valid program are walked like any others; the kernel judges them.
 */
final class FdReferences {
    /** {@code BPF_LD | BPF_IMM | BPF_DW}, which takes two slots. */
    private static final int LD_IMM64 = 0x18;

    /** {@code BPF_JMP | BPF_CALL}. */
    private static final int CALL = 0x85;

    private static final int PSEUDO_MAP_FD = 1;
    private static final int PSEUDO_MAP_VALUE = 2;
    private static final int PSEUDO_BTF_ID = 3;
    private static final int PSEUDO_MAP_IDX = 5;
    private static final int PSEUDO_MAP_IDX_VALUE = 6;

    /** {@code BPF_PSEUDO_KFUNC_CALL}, the source register of a call of a kernel function. */
    private static final int PSEUDO_KFUNC_CALL = 2;

    private FdReferences() {}

    /** Receives the references in the order of the instructions. */
    interface Visitor {
        /** A map's descriptor stands at a byte offset. */
        void mapFd(int offset, int fd) throws SyscallException;

        /** A BTF object's descriptor, which is not 0, stands at a byte offset. */
        void btfFd(int offset, int fd) throws SyscallException;

        /** A map stands in {@code fd_array} at an index. */
        void mapIndex(int index) throws SyscallException;

        /** A function of the kernel is called. */
        void kernelCall();

        /** A BTF object stands in {@code fd_array} at an index, which is not 0. */
        void btfIndex(int index) throws SyscallException;
    }

    /**
     * Walks a program.
     *
     * @param code the instructions in the machine's byte order
     */
    static void visit(ByteBuffer code, Visitor visitor) throws SyscallException {
        for (int at = 0; at < code.limit(); at += Instructions.SLOT_SIZE) {
            int opcode = code.get(at) & 0xff;
            if (opcode == LD_IMM64) {
                load(code, at, visitor);
                at += Instructions.SLOT_SIZE;
            } else if (opcode == CALL && source(code, at) == PSEUDO_KFUNC_CALL) {
                visitor.kernelCall();
                if (code.getShort(at + 2) > 0) {
                    visitor.btfIndex(code.getShort(at + 2));
                }
            }
        }
    }

    private static void load(ByteBuffer code, int at, Visitor visitor) throws SyscallException {
        int immediate = at + 4;
        int second = at + Instructions.SLOT_SIZE + 4;
        switch (source(code, at)) {
            case PSEUDO_MAP_FD, PSEUDO_MAP_VALUE -> visitor.mapFd(immediate, code.getInt(immediate));
            case PSEUDO_MAP_IDX, PSEUDO_MAP_IDX_VALUE -> visitor.mapIndex(code.getInt(immediate));
            case PSEUDO_BTF_ID -> {
                if (second < code.limit() && code.getInt(second) != 0) {
                    visitor.btfFd(second, code.getInt(second));
                }
            }
            default -> {
                // A plain number or the address of a function.
            }
        }
    }

    /** The source register is the high half of the second byte on a little-endian machine. */
    private static int source(ByteBuffer code, int at) {
        return (code.get(at + 1) & 0xf0) >> 4;
    }
}
