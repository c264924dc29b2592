package org.bpfgate.kernel.internal.probe;

import java.nio.ByteBuffer;
import org.bpfgate.program.Instructions;

/**
 * The instructions of a probe. Every byte is fixed but for two kinds: the descriptor of a map, and the immediate of a call where the
 * list writes {@code *}.
 */
final class InstructionPattern {
    /** {@code BPF_LD | BPF_IMM | BPF_DW}. */
    private static final int LD_IMM64 = 0x18;

    /** {@code BPF_PSEUDO_MAP_FD} and {@code BPF_PSEUDO_MAP_VALUE}, the source registers of a load that names a map. */
    private static final int MAP_FD = 1;

    private static final int MAP_VALUE = 2;

    private static final int IMMEDIATE = 4;

    private final byte[] bytes;

    /** 0 where any byte matches, -1 elsewhere. */
    private final byte[] mask;

    private final boolean varies;
    private final boolean usesMap;

    private InstructionPattern(byte[] bytes, byte[] mask, boolean varies, boolean usesMap) {
        this.bytes = bytes;
        this.mask = mask;
        this.varies = varies;
        this.usesMap = usesMap;
    }

    /**
     * Makes a pattern of arrays that nobody changes afterwards. Where a map's descriptor belongs, the mask is opened here.
     *
     * @param bytes the instructions; 0 where any byte matches
     * @param mask as long; 0 where any byte matches, -1 elsewhere
     * @param place for the fault that a map's descriptor is not written as 0
     */
    static InstructionPattern of(byte[] bytes, byte[] mask, FeatureProbeReader.Place place)
            throws FeatureProbeException {
        boolean varies = false;
        for (byte b : mask) {
            varies |= b == 0;
        }
        boolean usesMap = false;
        for (int at = 0; at < bytes.length; at += Instructions.SLOT_SIZE) {
            if ((bytes[at] & 0xff) == LD_IMM64) {
                if (namesMap(bytes[at + 1])) {
                    usesMap = true;
                    openImmediate(bytes, mask, at, place);
                }
                at += Instructions.SLOT_SIZE;
            }
        }
        return new InstructionPattern(bytes, mask, varies, usesMap);
    }

    private static boolean namesMap(byte registers) {
        int source = (registers & 0xf0) >> 4;
        return source == MAP_FD || source == MAP_VALUE;
    }

    private static void openImmediate(byte[] bytes, byte[] mask, int slot, FeatureProbeReader.Place place)
            throws FeatureProbeException {
        for (int i = slot + IMMEDIATE; i < slot + Instructions.SLOT_SIZE; i++) {
            if (bytes[i] != 0) {
                throw place.fault("the descriptor of a map is written as 00000000");
            }
            mask[i] = 0;
        }
    }

    /** Returns the length in bytes. */
    int size() {
        return bytes.length;
    }

    /** Returns whether an immediate may vary, beside the descriptors of maps. */
    boolean varies() {
        return varies;
    }

    /** Returns whether an instruction refers to a map. */
    boolean usesMap() {
        return usesMap;
    }

    /** Returns the instructions, with 0 in the place of what may vary. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** Returns whether the instructions, from the position of the buffer to its limit, are these. */
    boolean matches(ByteBuffer instructions) {
        if (instructions.remaining() != bytes.length) {
            return false;
        }
        int start = instructions.position();
        for (int i = 0; i < bytes.length; i++) {
            if ((instructions.get(start + i) & mask[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
