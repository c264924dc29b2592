package org.bpfgate.kernel.internal.load;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.program.AttachTarget;
import org.bpfgate.program.LoadAttributes;
import org.bpfgate.program.LoadFlag;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.TypeRecords;

/**
 * Which loads may be tried: those that are as small and plain as the probes of loaders are. What verifying a program can do to the
 * kernel or to others is kept small here; {@code docs/decisions/0033} weighs it.
 */
final class TrialRule {
    /** The longest probe known that does not try long programs has 13. */
    private static final int MOST_INSTRUCTIONS = 32;

    /** A probe has records of a function or two, and no line records. */
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
        return obstacle(load).isEmpty();
    }

    /** Returns whether a load is as small as those that may be tried. */
    static boolean isSmall(ProgramLoad load) {
        return load.program().instructions().count() <= MOST_INSTRUCTIONS;
    }

    /** Returns the first reason why a load may not be tried, such as "it has line records"; empty when it may. */
    static Optional<String> obstacle(ProgramLoad load) {
        if (!isSmall(load)) {
            return Optional.of("it has more than " + MOST_INSTRUCTIONS + " instructions");
        }
        if (load.program().type() == ProgramType.UNSPEC) {
            return Optional.of("its type is not known");
        }
        if (!load.program().usedMaps().isEmpty()) {
            return Optional.of("it uses maps");
        }
        return load.signature().isPresent() ? Optional.of("it has a signature") : obstacle(load.attributes());
    }

    private static Optional<String> obstacle(LoadAttributes attributes) {
        int others = attributes.flags();
        for (LoadFlag flag : FLAGS) {
            others &= ~flag.mask();
        }
        if (others != 0) {
            return Optional.of("it has flags that are not for trials");
        }
        if (attributes.interfaceIndex() != 0) {
            return Optional.of("it is for a network device");
        }
        if (attributes.boundDescriptors() != 0) {
            return Optional.of("descriptors are bound to it");
        }
        return obstacle(attributes.records()).or(() -> obstacle(attributes.attachTarget()));
    }

    private static Optional<String> obstacle(TypeRecords records) {
        if (records.relocations() != 0) {
            return Optional.of("it has relocation records");
        }
        if (records.lines() != 0) {
            return Optional.of("it has line records, as compiling with -g gives");
        }
        return Integer.compareUnsigned(records.functions(), MOST_FUNCTIONS) > 0
                ? Optional.of("it has more than " + MOST_FUNCTIONS + " functions")
                : Optional.empty();
    }

    private static Optional<String> obstacle(AttachTarget target) {
        return targetIsKernels(target) ? Optional.empty() : Optional.of("its target is a program");
    }

    /** A program that extends or traces a client's own program holds on to it. */
    private static boolean targetIsKernels(AttachTarget target) {
        return target.object().isEmpty() || target.object().get().kind() == AttachTarget.Kind.BTF;
    }
}
