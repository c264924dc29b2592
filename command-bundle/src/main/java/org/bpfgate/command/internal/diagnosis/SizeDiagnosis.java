package org.bpfgate.command.internal.diagnosis;

import java.util.OptionalLong;
import org.bpfgate.command.internal.host.HostState;
import org.bpfgate.program.BpfCommand;

/** Tells what was too big: {@code E2BIG} stands for the attributes, for the number of instructions, and for sizes of a map. */
final class SizeDiagnosis {
    /** {@code bpf_check_uarg_tail_zero()} takes a page of the smallest size. */
    private static final int MOST_ATTRIBUTES = 4096;

    /** Limits for loads: {@code BPF_MAXINSNS} without CAP_BPF, {@code BPF_COMPLEXITY_LIMIT_INSNS} with it. */
    private static final int MOST_UNPRIVILEGED = 4096;

    private static final int MOST_INSTRUCTIONS = 1_000_000;

    private final HostState host;
    private final Failure failure;

    SizeDiagnosis(HostState host, Failure failure) {
        this.host = host;
        this.failure = failure;
    }

    /** In the kernel's order: the attributes come first. */
    Diagnosis diagnose() {
        long size = failure.refusal().size();
        if (size != 0) {
            return Diagnosis.of(
                    Cause.UNKNOWN_ATTRIBUTE,
                    "the client gives a bpf_attr of " + Long.toUnsignedString(size) + " bytes, "
                            + (size > 0 && size <= MOST_ATTRIBUTES
                                    ? "and behind the part that this version knows it is not zero: the client wants a"
                                            + " feature of a newer kernel"
                                    : "more than the " + MOST_ATTRIBUTES + " that a kernel looks at"),
                    "use an older version of the loader, or a newer kernel");
        }
        OptionalLong count = failure.instructionCount();
        if (count.isPresent()) {
            return load(count.getAsLong());
        }
        return failure.command() == BpfCommand.MAP_CREATE && host.kernel().isAtLeast(6, 18)
                ? Diagnosis.of(
                        Cause.BAD_REQUEST,
                        "the map is too large: max_entries, value_size or key_size is above what maps of its type take",
                        "make the map smaller, or several of it")
                : unknown("a size is too large, or this kernel knows a shorter bpf_attr than the client");
    }

    private Diagnosis load(long count) {
        boolean mayBpf = failure.rights().mayUseBpf();
        int most = mayBpf ? MOST_INSTRUCTIONS : MOST_UNPRIVILEGED;
        if (count == 0) {
            return Diagnosis.of(
                    Cause.BAD_REQUEST,
                    "the program has no instructions: insn_cnt is 0",
                    "look at what the loader loads");
        }
        if (count > most) {
            return Diagnosis.of(
                    mayBpf || count > MOST_INSTRUCTIONS ? Cause.VERIFIER : Cause.CAPABILITY,
                    "the program has " + count + " instructions, more than " + most,
                    mayBpf || count > MOST_INSTRUCTIONS
                            ? "split it with tail calls"
                            : "give the loader CAP_BPF: then a million are allowed");
        }
        return unknown(
                "a size of the load is too large, such as fd_array_cnt, or this kernel knows a shorter bpf_attr than"
                        + " the client");
    }

    private static Diagnosis unknown(String known) {
        return Diagnosis.of(Cause.UNKNOWN, "E2BIG: " + known, "look at the call: strace -f -e trace=bpf -v");
    }
}
