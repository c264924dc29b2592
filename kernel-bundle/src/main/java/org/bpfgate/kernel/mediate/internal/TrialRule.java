package org.bpfgate.kernel.mediate.internal;

import java.util.EnumSet;
import java.util.Set;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;

/**
 * Which loads may be tried: those that are as small and plain as the probes of loaders are. What verifying a program can do to the
 * kernel or to others is kept small here; {@code docs/decisions/0033} weighs it.
 */
final class TrialRule {
    /** The longest probe known that does not try long programs has 13. */
    private static final int MOST_INSTRUCTIONS = 32;

    /** A probe tells the types of a function or two; line records none does. */
    private static final int MOST_FUNCTIONS = 4;

    /** Flags that change what the verifier accepts, and nothing else. */
    private static final Set<LoadFlag> FLAGS = EnumSet.of(
            LoadFlag.STRICT_ALIGNMENT,
            LoadFlag.ANY_ALIGNMENT,
            LoadFlag.SLEEPABLE,
            LoadFlag.XDP_HAS_FRAGS,
            LoadFlag.TOKEN_FD);

    private TrialRule() {}

    /** Returns whether a load may be tried. */
    static boolean permits(ProgramLoad load) {
        return load.program().instructions().count() <= MOST_INSTRUCTIONS
                && load.program().type() != ProgramType.UNSPEC
                && load.program().usedMaps().isEmpty()
                && load.signature().isEmpty()
                && arePlain(load.attributes());
    }

    private static boolean arePlain(LoadAttributes attributes) {
        int others = attributes.flags();
        for (LoadFlag flag : FLAGS) {
            others &= ~flag.mask();
        }
        return others == 0
                && attributes.interfaceIndex() == 0
                && attributes.boundDescriptors() == 0
                && attributes.records().relocations() == 0
                && attributes.records().lines() == 0
                && Integer.compareUnsigned(attributes.records().functions(), MOST_FUNCTIONS) <= 0
                && targetIsKernels(attributes.attachTarget());
    }

    /** A program that extends or traces a client's own program holds on to it. */
    private static boolean targetIsKernels(AttachTarget target) {
        return target.object().isEmpty() || target.object().get().kind() == AttachTarget.Kind.BTF;
    }
}
