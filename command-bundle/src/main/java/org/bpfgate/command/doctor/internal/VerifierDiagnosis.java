package org.bpfgate.command.doctor.internal;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the reason of a refusal out of the verifier's log. The texts are those of {@code kernel/bpf/verifier.c}. */
final class VerifierDiagnosis {
    /** As many last lines as show the instruction, the registers and the complaint. */
    private static final int SHOWN = 8;

    /** The verifier's statistics, which stand behind the complaint. */
    private static final Pattern STATISTICS =
            Pattern.compile("^(processed \\d+ insns|stack depth |verification time |insns processed|peak_states ).*");

    private static final Pattern HELPER = Pattern.compile(
            "(?:unknown func|program of this type cannot use helper|cannot use helper|helper call is not allowed in probe) ?(\\w+)?");

    private static final Pattern KFUNC =
            Pattern.compile("calling kernel function (\\w+) is not allowed|kernel btf_id|kfunc");

    /** {@code security_locked_down(LOCKDOWN_BPF_READ_KERNEL)} and {@code LOCKDOWN_BPF_WRITE_USER} withhold these. */
    private static final Pattern WITHHELD =
            Pattern.compile("bpf_probe_(read|read_kernel|read_str|read_kernel_str|write_user)"
                    + "|bpf_copy_from_user.*|bpf_snprintf.*");

    private static final Pattern PRIVILEGED = Pattern.compile(
            ".*(prohibited for !root|for non-root|leaks addr|without CAP_|bpf_capable|requires CAP|function calls to other bpf functions are"
                    + " allowed for).*");

    private final HostState host;
    private final Failure failure;
    private final List<String> lines;

    VerifierDiagnosis(HostState host, Failure failure) {
        this.host = host;
        this.failure = failure;
        lines = failure.refusal()
                .log()
                .lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank() && !line.startsWith("bpfgate: "))
                .filter(line -> !STATISTICS.matcher(line).matches())
                .toList();
    }

    /** Returns the reason; empty when the verifier wrote nothing. */
    Optional<Diagnosis> diagnose() {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
        return Optional.of(reason(String.join("\n", last)).withLog(last));
    }

    private Diagnosis reason(String last) {
        Matcher helper = HELPER.matcher(last);
        if (helper.find()) {
            return helper(helper.group(1) == null ? "a helper" : helper.group(1));
        }
        if (last.contains("GPL")) {
            return Diagnosis.of(
                    Cause.LICENSE,
                    "the program calls a function that only programs under the GPL may call",
                    "declare it in the object: char LICENSE[] SEC(\"license\") = \"GPL\"; (or \"Dual BSD/GPL\")");
        }
        if (last.contains("signature")) {
            return Diagnosis.of(
                    Cause.SIGNATURE,
                    "the kernel refuses the signature",
                    "look at it with bpfgate verify --require native");
        }
        if (last.contains("too large")
                || last.contains("too complex")
                || last.contains("Too many")
                || failure.errno().equals("E2BIG")) {
            return Diagnosis.of(
                    Cause.VERIFIER,
                    "the verifier gives up: the program has too many paths (a million instructions at most)",
                    "bound loops, use bpf_loop(), or split the program with sub-programs or tail calls");
        }
        if (!failure.rights().mayTrace()
                && PRIVILEGED.matcher(last.replace('\n', ' ')).matches()) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    "the verifier judges the program as one of a user without CAP_PERFMON, more strictly",
                    "give the loader CAP_PERFMON beside CAP_BPF, or run it as root");
        }
        if (KFUNC.matcher(last).find()) {
            return Diagnosis.of(
                    Cause.OLD_KERNEL,
                    "this kernel does not offer the kernel function to programs of the type "
                            + failure.type().label(),
                    "use a kernel that has it (bpftool btf dump file /sys/kernel/btf/vmlinux shows which), or another function");
        }
        return Diagnosis.of(
                Cause.VERIFIER,
                "the verifier refuses the program: " + complaint(),
                "change the program at that instruction; veristat and llvm-objdump -S show its source line");
    }

    private Diagnosis helper(String name) {
        if (host.lockdown().filter(word -> !word.equals("none")).isPresent()
                && WITHHELD.matcher(name).matches()) {
            return Diagnosis.of(
                    Cause.LOCKDOWN,
                    "the kernel is locked down (" + host.lockdown().orElse("") + ") and withholds " + name,
                    "turn Secure Boot off, or boot with a weaker lockdown=");
        }
        if (!failure.rights().mayTrace()) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    name + " is withheld from a loader without CAP_PERFMON",
                    "give the loader CAP_PERFMON beside CAP_BPF, or run it as root");
        }
        return Diagnosis.of(
                Cause.OLD_KERNEL,
                "this kernel (" + host.kernel() + ") does not offer " + name + " to programs of the type "
                        + failure.type().label(),
                "use a newer kernel, another program type, or another helper (bpftool feature probe lists them)");
    }

    private String complaint() {
        return lines.getLast();
    }
}
