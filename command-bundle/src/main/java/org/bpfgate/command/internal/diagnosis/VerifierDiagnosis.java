package org.bpfgate.command.internal.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.command.internal.host.HostState;

/** Reads the reason of a refusal out of the verifier's log. The texts are those of {@code kernel/bpf/verifier.c}. */
final class VerifierDiagnosis {
    /** As many last lines as show the instruction, the registers and the complaint. */
    private static final int SHOWN = 8;

    /** The verifier's statistics, which stand behind the complaint. */
    private static final Pattern STATISTICS =
            Pattern.compile("^(processed \\d+ insns|stack depth |verification time |insns processed|peak_states ).*");

    private static final Pattern HELPER = Pattern.compile(
            "(?:unknown func|program of this type cannot use helper|cannot use helper|helper call is not allowed in"
                    + " probe) ?(\\w+)?");

    private static final Pattern KFUNC = Pattern.compile("calling kernel function (\\w+) is not allowed");

    /** Withheld by {@code LOCKDOWN_BPF_WRITE_USER}, which both levels of lockdown include. */
    private static final Set<String> WRITING = Set.of("bpf_probe_write_user");

    /** Withheld by {@code LOCKDOWN_BPF_READ_KERNEL}, which only {@code confidentiality} includes. */
    private static final Set<String> READING =
            Set.of("bpf_probe_read", "bpf_probe_read_str", "bpf_probe_read_kernel", "bpf_probe_read_kernel_str");

    /** What {@code bpf_base_func_proto()} of {@code kernel/bpf/helpers.c} gives to a loader with {@code CAP_PERFMON} only (Linux 6.18). */
    private static final Set<String> TRACING = Set.of(
            "bpf_trace_printk",
            "bpf_get_current_task",
            "bpf_get_current_task_btf",
            "bpf_probe_read_user",
            "bpf_probe_read_kernel",
            "bpf_probe_read_user_str",
            "bpf_probe_read_kernel_str",
            "bpf_snprintf_btf",
            "bpf_snprintf",
            "bpf_task_pt_regs",
            "bpf_trace_vprintk");

    private static final Pattern PRIVILEGED = Pattern.compile("prohibited for !root|for non-root|leaks addr");

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
        return Optional.of(reason(lines.getLast()).withLog(last));
    }

    private Diagnosis reason(String last) {
        Matcher helper = HELPER.matcher(last);
        if (helper.find()) {
            return helper(helper.group(1) == null ? "a helper" : helper.group(1));
        }
        if (last.contains("non-GPL compatible program")) {
            return Diagnosis.of(
                    Cause.LICENSE,
                    "the program calls a function that only programs under the GPL may call",
                    "declare it in the object: char LICENSE[] SEC(\"license\") = \"GPL\"; (or \"Dual BSD/GPL\")");
        }
        if (last.contains("BPF program is too large") || last.contains("jumps is too complex")) {
            return Diagnosis.of(
                    Cause.VERIFIER,
                    "the verifier gives up: the program has too many paths (a million instructions at most)",
                    "bound loops, use bpf_loop(), or split the program with sub-programs or tail calls");
        }
        if (!failure.rights().mayUseBpf() && last.contains("allowed for CAP_BPF")) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    "the verifier takes what the program does from a loader with CAP_BPF only",
                    "give the loader CAP_BPF, or run it as root");
        }
        if (!failure.rights().mayTrace() && PRIVILEGED.matcher(last).find()) {
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
                    "use a kernel that has it (bpftool btf dump file /sys/kernel/btf/vmlinux shows which), or another"
                            + " function");
        }
        return Diagnosis.of(
                Cause.VERIFIER,
                "the verifier refuses the program: " + complaint(),
                "change the program at that instruction; veristat and llvm-objdump -S show its source line");
    }

    private Diagnosis helper(String name) {
        if (isLockedDown(name)) {
            return Diagnosis.of(
                    Cause.LOCKDOWN,
                    "the kernel is locked down (" + host.lockdown().orElse("") + ") and withholds " + name,
                    "turn Secure Boot off, or boot with a weaker lockdown=");
        }
        if (!failure.rights().mayTrace() && TRACING.contains(name)) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    name + " is withheld from a loader without CAP_PERFMON",
                    "give the loader CAP_PERFMON beside CAP_BPF, or run it as root");
        }
        if (!failure.rights().mayUseBpf() && !failure.refusal().hasToken()) {
            return Diagnosis.of(
                    Cause.UNKNOWN,
                    "this kernel does not offer " + name + " to programs of the type "
                            + failure.type().label() + ", or not to a loader without CAP_BPF",
                    "try it with CAP_BPF, or as root");
        }
        return Diagnosis.of(
                Cause.OLD_KERNEL,
                "this kernel (" + host.kernel() + ") does not offer " + name + " to programs of the type "
                        + failure.type().label(),
                "use a newer kernel, another program type, or another helper (bpftool feature probe lists them)");
    }

    private boolean isLockedDown(String name) {
        return switch (host.lockdown().orElse("")) {
            case "integrity" -> WRITING.contains(name);
            case "confidentiality" -> WRITING.contains(name) || READING.contains(name);
            default -> false;
        };
    }

    private String complaint() {
        return lines.getLast();
    }
}
