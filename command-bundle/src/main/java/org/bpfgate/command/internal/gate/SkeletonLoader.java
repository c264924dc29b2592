package org.bpfgate.command.internal.gate;

import org.bpfgate.command.internal.program.Helpers;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;

/**
 * Programs that load programs, such as the loaders of light skeletons: what they load comes out of a map, inside the kernel, where no gate
 * sees it. A signature by hornet covers that map, the entry of a list does not.
 */
public final class SkeletonLoader {
    /** What to know about such a program in a list, as the end of a sentence about it. */
    public static final String WARNING =
            "it can load programs itself (helper sys_bpf), as the loader of a light skeleton does; an entry of"
                    + " a list vouches for its instructions, not for the programs in its map: sign it instead (\"bpfgate sign\", and a"
                    + " rule with bpf_signature=OK bpf_maps_immutable=TRUE)";

    /** {@code BPF_FUNC_sys_bpf} of {@code include/uapi/linux/bpf.h}, which programs of type {@code syscall} may call. */
    private static final int SYS_BPF = 166;

    private SkeletonLoader() {}

    /** Returns whether a program is one; a file does not always tell the type. */
    public static boolean is(BpfProgram program) {
        return Helpers.contain(program.instructions(), SYS_BPF);
    }

    /** Returns whether a program is one that nothing but a list vouches for. */
    static boolean isOnlyListed(ProgramDecision decided) {
        return decided.verdictOf("allowlist") == IntegrityVerdict.OK
                && decided.verdictOf("hornet") != IntegrityVerdict.OK
                && is(decided.program().program());
    }
}
