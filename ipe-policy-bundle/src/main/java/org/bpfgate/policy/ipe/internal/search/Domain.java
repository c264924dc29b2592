package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.event.Keyring;
import org.bpfgate.program.ProgramType;

/** The values that a thing can have, where they are few and all have a word, so that the last value left is known. The most common is first. */
public final class Domain {
    private static final List<String> TRUTHS = List.of(Atom.FALSE, Atom.TRUE);
    private static final Set<String> TRUE_OR_FALSE = Set.of(
            "boot_verified",
            "dmverity_signature",
            "fsverity_signature",
            "bpf_kernel",
            "bpf_probe",
            "bpf_trial",
            "bpf_gpl_compatible",
            "bpf_maps_immutable",
            Atom.METADATA);
    private static final List<String> VERDICTS =
            Arrays.stream(IntegrityVerdict.values()).map(Enum::name).toList();
    private static final List<String> TYPES =
            Arrays.stream(ProgramType.values()).map(ProgramType::label).toList();

    /** Most loads come from processes of users, so that their keyring is the most common value. */
    private static final List<String> KEYRINGS =
            Arrays.stream(Keyring.values()).map(Enum::name).toList().reversed();

    private Domain() {}

    /** Returns all values of a thing; none when there are always further ones. */
    public static List<String> of(String variable) {
        if (variable.startsWith(Atom.VERDICT)) {
            return VERDICTS;
        }
        if (TRUE_OR_FALSE.contains(variable) || variable.indexOf('=') >= 0) {
            return TRUTHS;
        }
        return switch (variable) {
            case "bpf_prog_type" -> TYPES;
            case "bpf_keyring" -> KEYRINGS;
            default -> List.of();
        };
    }

    /** Returns the values of a thing but for some; empty too when there are always further ones. */
    static List<String> without(String variable, Set<String> excluded) {
        List<String> left = new ArrayList<>(of(variable));
        left.removeAll(excluded);
        return left;
    }
}
