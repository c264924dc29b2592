package org.bpfgate.kernel.internal.load;

import static org.bpfgate.kernel.internal.syscall.ProgLoadAttr.*;

import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.internal.probe.FeatureProbes;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;

/** Describes a copied load to the modules. */
public final class LoadDescription {
    private static final ProgramType[] TYPES = ProgramType.values();

    private LoadDescription() {}

    /** Returns the type of a number; {@link ProgramType#UNSPEC} for one that this version does not know. */
    public static ProgramType type(int number) {
        return number > 0 && number < TYPES.length ? TYPES[number] : ProgramType.UNSPEC;
    }

    /**
     * Describes a load. A type that this version does not know is {@link ProgramType#UNSPEC} to the modules.
     *
     * @param types what it refers to beside maps
     * @param probes the loads that are known to be feature probes
     */
    static ProgramLoad of(
            LoadCopy copy, List<? extends UsedMap> maps, LoadTypes types, LoadClient client, FeatureProbes probes) {
        NativeBuffer attr = copy.original();
        BpfProgram program = new BpfProgram(
                attr.getText(PROG_NAME, NAME_SIZE),
                type(attr.getInt(PROG_TYPE)),
                Instructions.of(copy.instructions()),
                List.copyOf(maps));
        ProgramLoad load = ProgramLoad.of(program)
                .withKeyring(attr.getInt(KEYRING_ID))
                .withAttachType(attr.getInt(EXPECTED_ATTACH_TYPE))
                .withAttributes(attributes(copy, types))
                .withClient(client);
        Optional<byte[]> signature = copy.signature();
        ProgramLoad signed = signature.isPresent() ? load.withSignature(signature.get()) : load;
        Optional<String> probe = probes.find(signed);
        ProgramLoad known = probe.isPresent() ? signed.withProbe(probe.get()) : signed;
        return TrialRule.permits(known) ? known.withTrial() : known;
    }

    private static LoadAttributes attributes(LoadCopy copy, LoadTypes types) {
        NativeBuffer attr = copy.original();
        return new LoadAttributes(
                copy.license(),
                attr.getInt(PROG_FLAGS),
                attr.getInt(PROG_IFINDEX),
                attr.getInt(KERN_VERSION),
                attr.getInt(LOG_LEVEL),
                attr.getInt(FD_ARRAY_CNT),
                types.target(),
                types.records(),
                types.kernelTypes());
    }
}
