package org.bpfgate.command.internal.diagnosis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.command.internal.host.HostState;
import org.bpfgate.command.internal.host.KernelVersion;
import org.bpfgate.command.internal.host.Rights;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.ProgramType;

/**
 * Tells why a call failed, from its error number, the verifier's log, the client's rights and the state of the host. It asks in the
 * kernel's order, so that the first cause that fits is the one the kernel met first. Where more than one cause is left it tells {@link Cause#UNKNOWN} with
 * what is known. Immutable.
 */
public final class Diagnoser {
    /**
     * The types of maps that need CAP_NET_ADMIN, by {@code map_create()} of {@code kernel/bpf/syscall.c} (Linux 6.18): DEVMAP, SOCKMAP,
     * XSKMAP, SOCKHASH, DEVMAP_HASH of {@code enum bpf_map_type}.
     */
    private static final Set<Integer> NETWORK_MAPS = Set.of(14, 15, 17, 18, 25);

    private static final String LOOK_AT_THE_CALL = "look at the call: strace -f -e trace=bpf -v";

    /** Since which kernel a type exists; types of 4.18 and before are in every kernel that is still run. */
    private static final Map<ProgramType, KernelVersion> SINCE = since();

    private final HostState host;

    public Diagnoser(HostState host) {
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

    public Diagnosis diagnose(Failure failure) {
        if (failure.probe().isPresent()) {
            return Diagnosis.of(
                    Cause.FEATURE_PROBE,
                    "the loader asks whether the kernel has the feature "
                            + failure.probe().get() + "; the refusal is the answer, and no fault",
                    "");
        }
        if (failure.isLoad() && failure.errno().equals("ENOSPC")) {
            // The kernel judges the program, and then gives this error whatever came of it.
            return Diagnosis.of(
                    Cause.BAD_REQUEST,
                    "the buffer of the client for the verifier's log is too small; whether the verifier accepts the"
                            + " program is not told",
                    "give a larger one, or load without a log first, as libbpf does");
        }
        return new VerifierDiagnosis(host, failure).diagnose().orElseGet(() -> withoutLog(failure));
    }

    private Diagnosis withoutLog(Failure failure) {
        return switch (failure.errno()) {
            case "EPERM" -> forbidden(failure);
            case "EACCES" -> refused(failure);
            case "E2BIG" -> new SizeDiagnosis(host, failure).diagnose();
            case "EINVAL" -> invalid(failure);
            // A filter of the client, or around it, answers before the gate: what comes here is the kernel's own.
            case "ENOSYS" ->
                Diagnosis.of(
                        Cause.OLD_KERNEL,
                        "this kernel is without bpf(2), or without what the call needs of it",
                        "use a kernel with CONFIG_BPF_SYSCALL=y");
            case "ENOMEM" ->
                Diagnosis.of(
                        Cause.MEMORY,
                        "there is not enough memory, or the cgroup of the client may not take more",
                        "make maps smaller, or raise memory.max of the cgroup (MemoryMax= of the unit)");
            case "ENOTSUPP", "EOPNOTSUPP" -> unsupported(failure);
            case "ENOENT" -> notFound(failure);
            case "EBADF" ->
                badRequest("a descriptor that the call names is not open, or is not of the kind that is asked for");
            case "EFAULT" -> badRequest("a pointer of the call does not lead to memory of the client");
            case "ENAMETOOLONG" -> badRequest("a path of the call is too long");
            case "ENOTDIR" -> badRequest("a part of the path is no directory");
            case "ELOOP" -> badRequest("the path leads through too many links");
            case "EAGAIN" ->
                failure.isLoad()
                        ? Diagnosis.of(
                                Cause.BAD_REQUEST, "a signal interrupted the verifier", "load again, as libbpf does")
                        : unknown(failure);
            default -> unknown(failure);
        };
    }

    private static Diagnosis badRequest(String what) {
        return Diagnosis.of(Cause.BAD_REQUEST, what, LOOK_AT_THE_CALL);
    }

    private Diagnosis forbidden(Failure failure) {
        if (failure.command() == BpfCommand.OBJ_GET) {
            // Needs no capability: only the path, and what security modules say, count.
            return others(failure);
        }
        boolean isElsewhere = !host.isInitialNamespace() || !failure.refusal().isGateNamespace();
        List<String> missing = missing(failure);
        if (failure.refusal().hasToken() && (isElsewhere || !missing.isEmpty())) {
            return Diagnosis.of(
                    Cause.TOKEN,
                    "the BPF token does not permit this command, map type, program type or attach type, or does not"
                            + " count in this user namespace",
                    "mount its bpffs with delegate_cmds=, delegate_maps=, delegate_progs= and delegate_attachs= that"
                            + " name it");
        }
        if (isElsewhere) {
            return Diagnosis.of(
                    Cause.USER_NAMESPACE,
                    "the client is in a user namespace, whose capabilities do not count for bpf(2)",
                    "load outside of it, or bring a BPF token (Linux 6.9)");
        }
        if (!missing.isEmpty()) {
            return Diagnosis.of(
                    Cause.CAPABILITY,
                    "the client lacks " + String.join(" and ", missing)
                            + (missing.contains("CAP_BPF") ? unprivileged() : ""),
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
        return others(failure);
    }

    /** The capabilities that the call needs and the client has not, as far as it is known what was asked for. */
    private List<String> missing(Failure failure) {
        Rights rights = failure.rights();
        return switch (failure.command()) {
            case PROG_GET_FD_BY_ID, MAP_GET_FD_BY_ID -> rights.mayOpenByNumber() ? List.of() : List.of("CAP_SYS_ADMIN");
            case PROG_LOAD -> isForEverybody(failure.type()) ? List.of() : rights.missingFor(failure.type());
            case MAP_CREATE ->
                failure.refusal()
                                .asked()
                                .filter(asked -> NETWORK_MAPS.contains(asked.type()))
                                .isPresent()
                        ? rights.missingFor(ProgramType.XDP)
                        : rights.missingFor(ProgramType.UNSPEC);
            default -> rights.missingFor(ProgramType.UNSPEC);
        };
    }

    /** Whether the host lets everybody load programs of the type. */
    private boolean isForEverybody(ProgramType type) {
        return (type == ProgramType.SOCKET_FILTER || type == ProgramType.CGROUP_SKB)
                && host.unprivileged().orElse("").equals("0");
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
        if (failure.isLoad()) {
            return Diagnosis.of(
                    Cause.UNKNOWN,
                    "the verifier, or a security module, refuses the program, and no log says why",
                    "load it with a log: bpftool -d prog load, or bpf_object_open_opts.kernel_log_level of libbpf");
        }
        return failure.command() == BpfCommand.OBJ_GET ? noObject(failure) : others(failure);
    }

    /** {@code bpf_inode_type()} of {@code kernel/bpf/inode.c} says so of all that is no object, after the permissions of the path. */
    private Diagnosis noObject(Failure failure) {
        String what =
                "what is at the path is no pinned BPF object, but a directory or a file of another file system than"
                        + " bpffs";
        String look = "look at it as the user of the client: stat, stat -f";
        boolean isEstablished = failure.rights().mayOpenAnyFile()
                && failure.refusal().isGateNamespace()
                && host.refusingLsms().isEmpty();
        return isEstablished
                ? Diagnosis.of(Cause.BAD_REQUEST, what, look)
                : Diagnosis.of(Cause.UNKNOWN, "EACCES: " + what + "; or the client may not open it", look);
    }

    /**
     * No capability is missing, and the verifier wrote nothing. What is left in the kernel is a security module; a seccomp filter is not,
     * because its answer comes before the gate. It is told as the cause only where one is known to be active.
     */
    private Diagnosis others(Failure failure) {
        List<String> refusing = host.refusingLsms();
        String what = failure.errno()
                + (failure.command() == BpfCommand.OBJ_GET
                        ? ", and opening a pinned object needs no capability"
                        : ", although the client has the capabilities that are known to be needed");
        String look = "ausearch -m AVC,IPE_ACCESS -ts recent, or journalctl -k | grep -i -e denied -e avc";
        if (!refusing.isEmpty() && failure.errno().equals("EPERM") && failure.command() != BpfCommand.OBJ_GET) {
            return Diagnosis.of(
                    Cause.LSM,
                    what + ": what else refuses with it is a security module (" + String.join(", ", refusing)
                            + (refusing.size() == 1 ? " is active)" : " are active)"),
                    look + "; then change that module's policy");
        }
        String modules = host.lsms().isEmpty()
                ? "which security modules are active cannot be read here"
                : refusing.isEmpty()
                        ? "no security module that refuses bpf(2) by a policy is active"
                        : String.join(", ", refusing) + " may refuse it";
        return Diagnosis.of(Cause.UNKNOWN, what + "; " + modules, look + "; " + LOOK_AT_THE_CALL);
    }

    private Diagnosis invalid(Failure failure) {
        KernelVersion since = SINCE.get(failure.type());
        KernelVersion kernel = host.kernel();
        if (failure.isLoad() && since != null && kernel.isKnown() && !kernel.isAtLeast(since.major(), since.minor())) {
            return Diagnosis.of(
                    Cause.OLD_KERNEL,
                    "programs of the type " + failure.type().label() + " exist since Linux " + since + ", and this is "
                            + kernel,
                    "use a newer kernel, or another program type");
        }
        if (failure.hasUnknownType()) {
            return Diagnosis.of(
                    Cause.UNKNOWN_ATTRIBUTE,
                    "the type of the program has the number "
                            + Integer.toUnsignedString(
                                    failure.refusal().asked().orElseThrow().type())
                            + ", which this version of bpfgate does not know as a type",
                    "use a type that the kernel has: bpftool feature probe lists them");
        }
        return Diagnosis.of(
                Cause.UNKNOWN_ATTRIBUTE,
                failure.isLoad()
                        ? "the kernel does not take the type, a flag, the attach type, the BTF or a number of the load"
                        : "the kernel does not take a flag, a type or a number of the call",
                LOOK_AT_THE_CALL + ", and at bpfgate doctor for what the kernel was built without");
    }

    private Diagnosis unsupported(Failure failure) {
        int device = failure.refusal().asked().map(asked -> asked.device()).orElse(0);
        if (failure.errno().equals("EOPNOTSUPP") && device != 0) {
            return Diagnosis.of(
                    Cause.BAD_REQUEST,
                    "the program is to be bound to the network device " + Integer.toUnsignedString(device)
                            + " (prog_ifindex), whose driver does not take programs",
                    "load it without prog_ifindex, and attach it in generic mode");
        }
        if (failure.isLoad() && failure.errno().equals("ENOTSUPP") && !host.hasJit()) {
            return Diagnosis.of(
                    Cause.OLD_KERNEL,
                    "the kernel does not support what the program uses, and the JIT compiler is off, which kernel"
                            + " functions and trampolines need",
                    "sysctl net.core.bpf_jit_enable=1");
        }
        return Diagnosis.of(
                Cause.UNKNOWN,
                failure.errno()
                        + " without a log: the kernel, its JIT compiler or a device does not support something that"
                        + " the call asks for",
                LOOK_AT_THE_CALL);
    }

    private static Diagnosis notFound(Failure failure) {
        return switch (failure.command()) {
            case OBJ_GET ->
                Diagnosis.of(
                        Cause.NOT_FOUND,
                        "nothing is pinned at the path, as the client sees it",
                        "ls /sys/fs/bpf shows what is there; a client in another mount namespace may see another"
                                + " bpffs");
            case PROG_GET_FD_BY_ID, MAP_GET_FD_BY_ID ->
                Diagnosis.of(
                        Cause.NOT_FOUND,
                        "there is no object of that number any more, or never was",
                        "bpftool prog show and bpftool map show list those that are there");
            default ->
                Diagnosis.of(
                        Cause.NOT_FOUND,
                        "something that the call names is not in this kernel, such as a type or function of its BTF",
                        "look for it in bpftool btf dump file /sys/kernel/btf/vmlinux");
        };
    }

    private static Diagnosis unknown(Failure failure) {
        return Diagnosis.of(
                Cause.UNKNOWN,
                failure.errno() + " of " + failure.command() + " has no cause that this version knows",
                LOOK_AT_THE_CALL);
    }
}
