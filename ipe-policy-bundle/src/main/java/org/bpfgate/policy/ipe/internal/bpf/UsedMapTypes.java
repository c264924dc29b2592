package org.bpfgate.policy.ipe.internal.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.RelocationState;
import org.bpfgate.program.UsedMap;

/** The types of the maps that a program uses. Immutable. */
public final class UsedMapTypes {
    /** {@code BPF_LD | BPF_IMM | BPF_DW}: a load of 64 bits from the instruction, or of a map. */
    private static final int LOAD_64 = 0x18;

    /** {@code BPF_PSEUDO_MAP_FD}, {@code _MAP_VALUE}, {@code _MAP_IDX} and {@code _MAP_IDX_VALUE}. */
    private static final int[] MAP_SOURCES = {1, 2, 5, 6};

    private final BitSet types;
    private final boolean isComplete;

    private UsedMapTypes(BitSet types, boolean isComplete) {
        this.types = types;
        this.isComplete = isComplete;
    }

    public static UsedMapTypes of(BpfProgram program) {
        BitSet types = new BitSet();
        boolean complete = !program.usedMaps().isEmpty() || !refersToMaps(program.instructions());
        for (UsedMap map : program.usedMaps()) {
            complete &= map.type() > 0;
            types.set(Math.max(0, map.type()));
        }
        return new UsedMapTypes(types, complete);
    }

    /** A loader may still turn any load of 64 bits into one of a map. */
    private static boolean refersToMaps(Instructions code) {
        boolean pending = code.state() != RelocationState.COMPLETE;
        ByteBuffer slots = code.asReadOnlyBuffer().order(ByteOrder.nativeOrder());
        for (int at = 0; at < slots.limit(); at += Instructions.SLOT_SIZE) {
            if ((slots.get(at) & 0xff) == LOAD_64 && (pending || isMap((slots.get(at + 1) & 0xf0) >> 4))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMap(int source) {
        for (int one : MAP_SOURCES) {
            if (one == source) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the program uses a map of a type, or one whose type cannot be told. */
    public boolean mayUse(MapType type) {
        return !isComplete || types.get(type.number());
    }
}
