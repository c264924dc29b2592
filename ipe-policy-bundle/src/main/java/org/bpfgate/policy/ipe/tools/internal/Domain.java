package org.bpfgate.policy.ipe.tools.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.ProgramType;

/** The values that a thing can have, where they are few and all have a word: so that the last one left is known. The plainest is first. */
final class Domain {
    private static final List<String> TRUTHS = List.of(Atom.FALSE, Atom.TRUE);
    private static final List<String> VERDICTS =
            Arrays.stream(IntegrityVerdict.values()).map(Enum::name).toList();
    private static final List<String> TYPES =
            Arrays.stream(ProgramType.values()).map(ProgramType::label).toList();

    private Domain() {}

    /** Returns all values of a thing; none when there are always further ones. */
    static List<String> of(String variable) {
        if (variable.startsWith(Atom.VERDICT)) {
            return VERDICTS;
        }
        return switch (variable) {
            case "boot_verified",
                    "dmverity_signature",
                    "fsverity_signature",
                    "bpf_kernel",
                    "bpf_probe",
                    "bpf_maps_immutable" -> TRUTHS;
            case "bpf_prog_type" -> TYPES;
            default -> variable.indexOf('=') < 0 ? List.of() : TRUTHS;
        };
    }

    /** Returns the values of a thing but for some; empty too when there are always further ones. */
    static List<String> without(String variable, Set<String> excluded) {
        List<String> left = new ArrayList<>(of(variable));
        left.removeAll(excluded);
        return left;
    }
}
