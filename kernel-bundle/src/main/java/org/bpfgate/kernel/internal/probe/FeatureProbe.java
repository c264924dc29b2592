package org.bpfgate.kernel.internal.probe;

import java.util.List;
import java.util.Set;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;
import org.bpfgate.program.UsedMap;

/**
 * One probe: everything that its load consists of, but for the licence, the kernel's version, the log and a token, which are no part
 * of the program.
 *
 * @param name how records and policies' explanations call it
 * @param types the types of program that it is loaded as
 * @param names the names of the program
 * @param attachTypes numbers of {@code enum bpf_attach_type}
 * @param flags {@code attr.prog_flags} without {@code BPF_F_TOKEN_FD}
 * @param target where the program is to run
 * @param functions {@code attr.func_info_cnt}
 * @param maps the map that it uses, or none
 * @param instructions its instructions
 */
record FeatureProbe(
        String name,
        Set<ProgramType> types,
        NameRule names,
        Set<Integer> attachTypes,
        int flags,
        TargetRule target,
        int functions,
        List<MapShape> maps,
        InstructionPattern instructions) {
    FeatureProbe {
        types = Set.copyOf(types);
        attachTypes = Set.copyOf(attachTypes);
        maps = List.copyOf(maps);
    }

    /** Returns whether a load is this probe. What costs a question to the kernel is looked at last. */
    boolean matches(ProgramLoad load) {
        return types.contains(load.program().type())
                && attachTypes.contains(load.attachType())
                && names.matches(load.program().name())
                && attributesMatch(load.attributes())
                && instructions.matches(load.program().instructions().asReadOnlyBuffer())
                && mapsMatch(load.program().usedMaps());
    }

    private boolean attributesMatch(LoadAttributes attributes) {
        return (attributes.flags() & ~LoadFlag.TOKEN_FD.mask()) == flags
                && attributes.interfaceIndex() == 0
                && attributes.boundDescriptors() == 0
                && attributes.records().equals(new TypeRecords(functions, 0, 0))
                && target.matches(attributes.attachTarget());
    }

    private boolean mapsMatch(List<? extends UsedMap> used) {
        return used.size() == maps.size() && (maps.isEmpty() || maps.getFirst().matches(used.getFirst()));
    }
}
