package org.bpfgate.policy.ipe.internal.search;

import org.bpfgate.policy.ipe.internal.event.Op;
import org.jspecify.annotations.Nullable;

/**
 * What is so for every event of an operation: a BPF load has no file, and what is no BPF load has no program and no verdict. The
 * values are those of {@link org.bpfgate.policy.ipe.internal.event.EvaluationContext}, to which rules are held all the same.
 */
public final class OpConstraints {
    /** Of a thing that such events lack: no atom has this value. */
    private static final String NOTHING = "";

    private OpConstraints() {}

    /** Returns the value that a thing always has for an operation; null when it may differ. */
    static @Nullable String value(Op op, String variable) {
        if (variable.startsWith(Atom.UNTIL)) {
            return null;
        }
        boolean ofLoads = variable.startsWith("bpf_");
        if (ofLoads == (op == Op.BPF_PROG_LOAD || op == Op.BPF_PROG_LOAD_POST_INTEGRITY)
                || Atom.isAboutClient(variable)) {
            return null;
        }
        return ofLoads ? withoutLoad(variable) : withoutFile(variable);
    }

    /** Returns whether no event of an operation meets an atom. */
    public static boolean excludes(Op op, Atom atom) {
        String given = value(op, atom.variable());
        return given != null && !given.equals(atom.value());
    }

    private static String withoutFile(String variable) {
        return Domain.of(variable).isEmpty() ? NOTHING : Atom.FALSE;
    }

    private static String withoutLoad(String variable) {
        if (variable.startsWith(Atom.VERDICT)) {
            return "NONE";
        }
        return switch (variable) {
            case "bpf_kernel", "bpf_probe", "bpf_trial", "bpf_maps_immutable" -> Atom.FALSE;
            case "bpf_keyring" -> "BUILTIN";
            default -> Atom.isAboutSigners(variable) ? Atom.FALSE : NOTHING;
        };
    }
}
