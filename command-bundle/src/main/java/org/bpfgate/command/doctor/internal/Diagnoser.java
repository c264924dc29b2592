package org.bpfgate.command.doctor.internal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramType;

/**
 * Tells why a call failed, from its error number, the verifier's log, the client's rights and the state of the host. It asks in the
 * kernel's order, so that the first cause that fits is the one the kernel met first. Immutable.
 */
final class Diagnoser {
    /** Limits for loads: {@code BPF_MAXINSNS} without CAP_BPF, {@code BPF_COMPLEXITY_LIMIT_INSNS} with it. */
    private static final int MOST_UNPRIVILEGED = 4096;

    private static final int MOST_INSTRUCTIONS = 1_000_000;

    /** Since which kernel a type exists; types of 4.18 and before are in every kernel that is still run. */
    private static final Map<ProgramType, KernelVersion> SINCE = since();

    private final HostState host;

    Diagnoser(HostState host) {
        this.host = host;
    }

    private static Map<ProgramType, KernelVersion> since() {
        Map<ProgramType, KernelVersion> since = new EnumMap<>(ProgramType.class);
        since.put(ProgramType.SK_REUSEPORT, new KernelVersion(4, 19));
        since.put(ProgramType.FLOW_DISSECTOR, new KernelVersion(4, 20));
        since.put(ProgramType.CGROUP_SYSCTL, new KernelVersion(5, 2));
        since.put(ProgramType.RAW_TRACEPOINT_WRITABLE, new KernelVersion(5, 2));
        since.put(ProgramType.CGROUP_SOCKOPT, new KernelVersion(5, 3));
        since.put(ProgramType.TRACING, new KernelVersion(5, 5));
        since.put(ProgramType.STRUCT_OPS, new KernelVersion(5, 6));
        since.put(ProgramType.EXT, new KernelVersion(5, 6));
        since.put(ProgramType.LSM, new KernelVersion(5, 7));
        since.put(ProgramType.SK_LOOKUP, new KernelVersion(5, 9));
        since.put(ProgramType.SYSCALL, new KernelVersion(5, 14));
        since.put(ProgramType.NETFILTER, new KernelVersion(6, 4));
        return since;
    }

    Diagnosis diagnose(Failure failure) {
        if (failure.probe().isPresent()) {
            return Diagnosis.of(
                    Cause.FEATURE_PROBE,
                    "the loader asks whether the kernel has the feature "
                            + failure.probe().get() + "; the refusal is the answer, and no fault",
                    "");
        }
        return new VerifierDiagnosis(host, failure).diagnose().orElseGet(() -> withoutLog(failure));
    }

    private Diagnosis withoutLog(Failure failure) {
        return switch (failure.errno()) {
            case "EPERM" -> forbidden(failure);
            case "EACCES" -> refused(failure);
            case "E2BIG" -> tooBig(failure);
            case "EINVAL" -> invalid(failure);
            case "ENOSYS" ->
                Diagnosis.of(
                        Cause.SECCOMP,
                        "bpf(2) is not there: a seccomp filter hides it, or the kernel is without CONFIG_BPF_SYSCALL",
                        "give the container a seccomp profile that allows bpf");
            case "EKEYREJECTED", "ENOKEY", "EBADMSG", "ENOPKG" ->
                Diagnosis.of(
                        Cause.SIGNATURE,
                        "the kernel refuses the signature",
                        "look at it with bpfgate verify --require native");
            case "ENOMEM" ->
                Diagnosis.of(
                        Cause.MEMORY,
                        "there is not enough memory, or the cgroup of the client may not take more",
                        "make maps smaller, or raise memory.max of the cgroup (MemoryMax= of the unit)");
            case "ENOSPC" ->
                Diagnosis.of(
                        Cause.BAD_REQUEST,
                        "the buffer of the client for the verifier's log is too small",
                        "give a larger one, or load without a log first, as libbpf does");
            case "ENOTSUPP", "EOPNOTSUPP" -> unsupported();
            case "ENOENT", "ESRCH" -> notFound(failure);
            case "EBADF", "EFAULT", "EEXIST", "EBUSY", "ENAMETOOLONG", "ENODEV" ->
                Diagnosis.of(
                        Cause.BAD_REQUEST,
                        "the call names a descriptor, a pointer or a device that the kernel cannot use",
                        "look at the call: strace -f -e trace=bpf -v");
            case "EAGAIN" ->
                Diagnosis.of(Cause.BAD_REQUEST, "a signal interrupted the verifier", "load again, as libbpf does");
            default -> unknown(failure);
        };
    }

    private Diagnosis forbidden(Failure failure) {
        if (failure.refusal().hasToken()) {
            return Diagnosis.of(
                    Cause.TOKEN,
                    "the BPF token does not permit this command, map type, program type or attach type, or does not count in this user"
                            + " namespace",
                    "mount its bpffs with delegate_cmds=, delegate_maps=, delegate_progs= and delegate_attachs= that name it");
        }
        if (!host.isInitialNamespace() || !failure.refusal().isGateNamespace()) {
            return Diagnosis.of(
                    Cause.USER_NAMESPACE,
                    "the client is in a user namespace, whose capabilities do not count for bpf(2)",
                    "load outside of it, or bring a BPF token (Linux 6.9)");
        }
        List<String> missing = failure.isLoad() && failure.type() != ProgramType.UNSPEC
                ? failure.rights().missingFor(failure.type())
                : failure.rights().mayUseBpf() ? List.of() : List.of("CAP_BPF");
        if (!missing.isEmpty()) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    "the client lacks " + String.join(" and ", missing) + unprivileged(),
                    "run it as root, or give it " + String.join(" and ", missing)
                            + (host.kernel().isKnown() && !host.kernel().isAtLeast(5, 8)
                                    ? " (CAP_SYS_ADMIN before Linux 5.8)"
                                    : ""));
        }
        if (host.countsMemlock() && host.memlock().isPresent()) {
            return Diagnosis.of(
                    Cause.MEMLOCK,
                    "before Linux 5.11 maps and programs count against RLIMIT_MEMLOCK, here "
                            + host.memlock().getAsLong() + " bytes",
                    "ulimit -l unlimited, or LimitMEMLOCK=infinity of systemd");
        }
        if (isFrozen(failure)) {
            return Diagnosis.of(
                    Cause.BAD_REQUEST, "the map is frozen, or was made for programs only", "write before it is frozen");
        }
        return others("EPERM, although the client has the capabilities");
    }

    private static boolean isFrozen(Failure failure) {
        return failure.command() == BpfCommand.MAP_UPDATE_ELEM || failure.command() == BpfCommand.MAP_DELETE_ELEM;
    }

    private String unprivileged() {
        return switch (host.unprivileged().orElse("")) {
            case "1", "2" ->
                ", and kernel.unprivileged_bpf_disabled is "
                        + host.unprivileged().get();
            default -> "";
        };
    }

    private Diagnosis refused(Failure failure) {
        return failure.isLoad()
                ? Diagnosis.of(
                        Cause.VERIFIER,
                        "the verifier, or a security module, refuses the program, and no log says why",
                        "load it with a log: bpftool -d prog load, or bpf_object_open_opts.kernel_log_level of libbpf")
                : others("EACCES");
    }

    /** Filters come first in the kernel's order; which of the rest it was, only their logs tell. */
    private Diagnosis others(String what) {
        if (host.filters() > 0) {
            return Diagnosis.of(
                    Cause.SECCOMP,
                    what + ": this process is under "
                            + (host.filters() == 1 ? "1 seccomp filter" : host.filters() + " seccomp filters")
                            + " besides the gate's, of a container runtime or a service manager",
                    "give the container a seccomp profile that allows bpf, or take @bpf out of SystemCallFilter= of the unit");
        }
        List<String> refusing = host.refusingLsms();
        return Diagnosis.of(
                Cause.LSM,
                what + ": a security module refuses it ("
                        + (refusing.isEmpty()
                                ? "which are active cannot be read"
                                : String.join(", ", refusing) + " are active")
                        + ")",
                "ausearch -m AVC,IPE_ACCESS -ts recent, or journalctl -k | grep -i -e denied -e avc; then change that module's policy");
    }

    private static Diagnosis tooBig(Failure failure) {
        boolean mayBpf = failure.rights().mayUseBpf();
        int most = mayBpf ? MOST_INSTRUCTIONS : MOST_UNPRIVILEGED;
        if (failure.instructions() > most) {
            return Diagnosis.of(
                    mayBpf ? Cause.VERIFIER : Cause.CAPABILITY,
                    "the program has " + failure.instructions() + " instructions, more than " + most,
                    mayBpf ? "split it with tail calls" : "give the loader CAP_BPF: then a million are allowed");
        }
        return Diagnosis.of(
                Cause.UNKNOWN_ATTRIBUTE,
                "the client gives a bpf_attr of " + failure.refusal().size()
                        + " bytes, and behind the part that this kernel knows it is not zero: the client wants a feature of a newer kernel",
                "use an older version of the loader, or a newer kernel");
    }

    private Diagnosis invalid(Failure failure) {
        KernelVersion since = SINCE.get(failure.type());
        if (failure.isLoad() && since != null && !host.kernel().isAtLeast(since.major(), since.minor())) {
            return Diagnosis.of(
                    Cause.OLD_KERNEL,
                    "programs of the type " + failure.type().label() + " exist since Linux " + since + ", and this is "
                            + host.kernel(),
                    "use a newer kernel, or another program type");
        }
        return Diagnosis.of(
                Cause.UNKNOWN_ATTRIBUTE,
                failure.isLoad()
                        ? "the kernel knows the type, and does not take a flag, the attach type, the BTF or a number of the load"
                        : "the kernel does not take a flag, a type or a number of the call",
                "look at the call (strace -f -e trace=bpf -v), and at bpfgate doctor for what the kernel was built without");
    }

    private Diagnosis unsupported() {
        return host.hasJit()
                ? Diagnosis.of(
                        Cause.OLD_KERNEL,
                        "this kernel or processor does not support what the program uses, such as kernel functions or a trampoline",
                        "use a newer kernel, or a kprobe in place of fentry")
                : Diagnosis.of(
                        Cause.OLD_KERNEL,
                        "the program needs the JIT compiler, which is off",
                        "sysctl net.core.bpf_jit_enable=1");
    }

    private static Diagnosis notFound(Failure failure) {
        return Diagnosis.of(
                Cause.NOT_FOUND,
                failure.isLoad()
                        ? "a type, function or map that the program names is not in this kernel (its BTF)"
                        : "the number or pinned path that the call names is not there",
                failure.isLoad()
                        ? "look for it in bpftool btf dump file /sys/kernel/btf/vmlinux"
                        : "bpftool prog show, bpftool map show and ls /sys/fs/bpf show what is there");
    }

    private static Diagnosis unknown(Failure failure) {
        return Diagnosis.of(
                Cause.UNKNOWN,
                failure.errno() + " of " + failure.command() + " has no cause that this version knows",
                "look at the call: strace -f -e trace=bpf -v");
    }
}
