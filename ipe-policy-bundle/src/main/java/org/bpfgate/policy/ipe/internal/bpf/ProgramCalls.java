package org.bpfgate.policy.ipe.internal.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;

/**
 * What a program may call outside of itself. What cannot be told counts as called, so that a rule against a function never
 * misses it. Immutable.
 */
public final class ProgramCalls {
    /** {@code BPF_JMP | BPF_CALL}. */
    private static final int CALL = 0x85;

    /** {@code BPF_PSEUDO_CALL}: the source register of a call inside the program. */
    private static final int PSEUDO_CALL = 1;

    /** {@code BPF_PSEUDO_KFUNC_CALL}: the source register of a call of a kernel function by its BTF id. */
    private static final int PSEUDO_KFUNC_CALL = 2;

    /** What a compiler leaves as the target of a call that a relocation fills in. */
    private static final int UNRESOLVED = -1;

    private final KernelFunctions kernel;
    private final BitSet helpers = new BitSet();
    private final Set<Integer> functions = new TreeSet<>();
    private boolean callsUnknown;

    private ProgramCalls(KernelFunctions kernel) {
        this.kernel = kernel;
    }

    /**
     * Reads the calls of a program.
     *
     * @param code the instructions, in the byte order of the machine
     * @param kernel names the kernel's functions
     */
    public static ProgramCalls of(Instructions code, KernelFunctions kernel) {
        ProgramCalls calls = new ProgramCalls(kernel);
        boolean pending = code.state() == RelocationState.PENDING;
        ByteBuffer slots = code.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        for (int at = 0; at < slots.limit(); at += Instructions.SLOT_SIZE) {
            if ((slots.get(at) & 0xff) == CALL) {
                calls.add((slots.get(at + 1) & 0xf0) >> 4, slots.getShort(at + 2), slots.getInt(at + 4), pending);
            }
        }
        return calls;
    }

    private void add(int source, int offset, int target, boolean pending) {
        if (source == PSEUDO_KFUNC_CALL) {
            addFunction(offset, target);
        } else if (source == PSEUDO_CALL) {
            callsUnknown |= pending && target == UNRESOLVED;
        } else if (target >= 0) {
            helpers.set(target);
        }
    }

    /** An offset other than 0 is an index into {@code fd_array}, and means a function of a kernel module. */
    private void addFunction(int offset, int id) {
        if (offset == 0) {
            functions.add(id);
        } else {
            callsUnknown = true;
        }
    }

    /** Returns whether the program calls a helper, by its number in {@code enum bpf_func_id}. */
    public boolean callsHelper(int number) {
        return helpers.get(number);
    }

    /**
     * Returns whether the program calls a kfunc, or may call it: it calls a function of a kernel module, one that a loader
     * fills in later, or one that cannot be looked up.
     *
     * @param name the name in C
     */
    public boolean mayCallFunction(String name) {
        if (callsUnknown) {
            return true;
        }
        for (int id : functions) {
            String found = kernel.nameOf(id);
            if (found == null || found.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
