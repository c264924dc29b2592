package org.bpfgate.kernel.mediate.internal;

import static org.bpfgate.kernel.syscall.internal.ProgLoadAttr.*;

import java.util.List;
import java.util.Optional;
import org.bpfgate.kernel.syscall.internal.NativeBuffer;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.LoadClient;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.UsedMap;

/** Tells the modules what a copied request asks for. */
final class LoadDescription {
    private static final ProgramType[] TYPES = ProgramType.values();

    private LoadDescription() {}

    /** Returns the type of a number; {@link ProgramType#UNSPEC} for one that this version does not know. */
    static ProgramType type(int number) {
        return number > 0 && number < TYPES.length ? TYPES[number] : ProgramType.UNSPEC;
    }

    /** Describes a load. A type that this version does not know is {@link ProgramType#UNSPEC} to the modules. */
    static ProgramLoad of(LoadCopy copy, List<UsedMap> maps, LoadClient client) {
        NativeBuffer attr = copy.original();
        BpfProgram program = new BpfProgram(
                attr.getText(PROG_NAME, NAME_SIZE),
                type(attr.getInt(PROG_TYPE)),
                Instructions.of(copy.instructions()),
                maps);
        ProgramLoad load = ProgramLoad.of(program)
                .withKeyring(attr.getInt(KEYRING_ID))
                .withAttachType(attr.getInt(EXPECTED_ATTACH_TYPE))
                .withClient(client);
        Optional<byte[]> signature = copy.signature();
        ProgramLoad signed = signature.isPresent() ? load.withSignature(signature.get()) : load;
        Optional<String> probe = LibbpfProbes.recognise(copy, signed);
        return probe.isPresent() ? signed.withProbe(probe.get()) : signed;
    }
}
