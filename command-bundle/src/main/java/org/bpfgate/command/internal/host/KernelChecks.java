package org.bpfgate.command.internal.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the kernel is and how it is set up. */
final class KernelChecks {
    private static final String MOUNT_SECURITYFS = "mount -t securityfs securityfs /sys/kernel/security";

    /** Options without which whole kinds of programs cannot be loaded or attached, and what is missing then. */
    private static final Map<String, String> OPTIONS = options();

    private final HostFiles files;
    private final HostState host;

    KernelChecks(HostFiles files, HostState host) {
        this.files = files;
        this.host = host;
    }

    private static Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("CONFIG_BPF_SYSCALL", "bpf(2) itself");
        options.put("CONFIG_BPF_JIT", "compiled programs, kernel functions and trampolines");
        options.put("CONFIG_DEBUG_INFO_BTF", "types of the kernel for CO-RE, fentry and LSM programs");
        options.put("CONFIG_CGROUP_BPF", "programs on cgroups");
        options.put("CONFIG_BPF_EVENTS", "programs on kprobes and tracepoints");
        options.put("CONFIG_KPROBES", "kprobes");
        options.put("CONFIG_FTRACE_SYSCALLS", "tracepoints of system calls");
        options.put("CONFIG_BPF_LSM", "programs of type lsm");
        options.put("CONFIG_NET_CLS_BPF", "programs of tc");
        options.put("CONFIG_XDP_SOCKETS", "AF_XDP sockets");
        return options;
    }

    List<Finding> all() {
        return List.of(release(), config(), btf(), lockdown(), unprivileged(), jit(), hardening(), lsms(), bpffs());
    }

    private Finding release() {
        String release = files.text("/proc/sys/kernel/osrelease").orElse("unknown");
        KernelVersion kernel = host.kernel();
        if (!kernel.isKnown()) {
            return Finding.unknown("kernel", "/proc/sys/kernel/osrelease cannot be read", "mount -t proc proc /proc");
        }
        List<String> lacks = new ArrayList<>();
        if (!kernel.isAtLeast(5, 8)) {
            lacks.add("CAP_BPF and CAP_PERFMON (5.8), so that CAP_SYS_ADMIN is needed");
        }
        if (!kernel.isAtLeast(5, 11)) {
            lacks.add("accounting of BPF memory by cgroup (5.11), so that RLIMIT_MEMLOCK counts");
        }
        if (!kernel.isAtLeast(6, 9)) {
            lacks.add("BPF tokens (6.9)");
        }
        if (!kernel.isAtLeast(6, 18)) {
            lacks.add("signatures of programs and SHA-256 tags (6.18)");
        }
        return lacks.isEmpty()
                ? Finding.ok("kernel", release, "has everything that bpfgate asks about")
                : Finding.note("kernel", release, "by its number it is without " + String.join("; ", lacks), "");
    }

    private Finding config() {
        Optional<String> config = readConfig();
        if (config.isEmpty()) {
            return Finding.unknown("config", "no configuration of the running kernel is found", "modprobe configs");
        }
        List<String> missing = new ArrayList<>();
        OPTIONS.forEach((option, what) -> {
            if (config.get().lines().noneMatch(line -> line.equals(option + "=y") || line.equals(option + "=m"))) {
                missing.add(option + " (" + what + ")");
            }
        });
        if (missing.isEmpty()) {
            return Finding.ok("config", "complete", "all options that BPF loaders use are on");
        }
        String fix = "use a kernel that is built with them";
        String value = "without " + String.join(", ", missing);
        return missing.getFirst().startsWith("CONFIG_BPF_SYSCALL")
                ? Finding.problem("config", value, "every call of bpf(2) ends with ENOSYS", fix)
                : Finding.note("config", value, "what needs them ends with EINVAL, ENOENT or ENOTSUPP", fix);
    }

    private Optional<String> readConfig() {
        String release = files.text("/proc/sys/kernel/osrelease").orElse("");
        return files.unpacked("/proc/config.gz")
                .or(() -> files.text("/boot/config-" + release))
                .or(() -> files.text("/lib/modules/" + release + "/config"));
    }

    private Finding btf() {
        return files.exists("/sys/kernel/btf/vmlinux")
                ? Finding.ok(
                        "btf", "/sys/kernel/btf/vmlinux", "CO-RE programs, fentry and kernel functions can be resolved")
                : Finding.note(
                        "btf",
                        "none",
                        "the kernel does not tell its types: CO-RE relocations, fentry, LSM and kernel functions fail, mostly with"
                                + " ESRCH or EINVAL",
                        "use a kernel with CONFIG_DEBUG_INFO_BTF=y, or give the loader a BTF file (btfhub)");
    }

    private Finding lockdown() {
        if (host.lockdown().isEmpty()) {
            return securityfs("lockdown", "whether the kernel is locked down cannot be read");
        }
        return switch (host.lockdown().get()) {
            case "none" -> Finding.ok("lockdown", "none", "no helper is withheld");
            case "integrity" ->
                Finding.note(
                        "lockdown",
                        "integrity",
                        "bpf_probe_write_user is withheld; the verifier calls it an unknown function",
                        "turn Secure Boot off, or boot without lockdown=");
            default ->
                Finding.note(
                        "lockdown",
                        host.lockdown().get(),
                        "helpers that read the kernel's memory (bpf_probe_read_kernel) and those that write are withheld: most"
                                + " tracing programs are refused by the verifier with EINVAL or EPERM",
                        "turn Secure Boot off, or boot with lockdown=integrity or none");
        };
    }

    private Finding securityfs(String id, String meaning) {
        boolean isMounted = files.exists("/sys/kernel/security/lsm");
        return Finding.unknown(id, meaning, isMounted ? "" : MOUNT_SECURITYFS);
    }

    private Finding unprivileged() {
        String id = "unprivileged_bpf_disabled";
        return switch (host.unprivileged().orElse("")) {
            case "0" ->
                Finding.note(
                        id,
                        "0",
                        "everybody may load socket filters and cgroup_skb programs, and nothing else without CAP_BPF",
                        "sysctl kernel.unprivileged_bpf_disabled=2 (the usual setting)");
            case "1" ->
                Finding.ok(
                        id, "1", "bpf(2) ends with EPERM without CAP_BPF or CAP_SYS_ADMIN; fixed until the next boot");
            case "2" ->
                Finding.ok(id, "2", "bpf(2) ends with EPERM without CAP_BPF or CAP_SYS_ADMIN; root may change it");
            case "" -> Finding.unknown(id, "the setting cannot be read", "");
            default -> Finding.note(id, host.unprivileged().get(), "a value that this version does not know", "");
        };
    }

    private Finding jit() {
        Optional<String> value = files.text("/proc/sys/net/core/bpf_jit_enable");
        if (value.isEmpty()) {
            return Finding.unknown("jit", "net.core.bpf_jit_enable cannot be read", "");
        }
        return host.hasJit()
                ? Finding.ok("jit", value.get().equals("2") ? "2 (debugging)" : "on", "programs are compiled")
                : Finding.note(
                        "jit",
                        "off",
                        "programs are interpreted; kernel functions, fentry, LSM and struct_ops programs end with ENOTSUPP (524)",
                        "sysctl net.core.bpf_jit_enable=1");
    }

    private Finding hardening() {
        String value = files.text("/proc/sys/net/core/bpf_jit_harden").orElse("0");
        return switch (value) {
            case "0" -> Finding.ok("jit_harden", "0", "constants are not blinded");
            case "1" -> Finding.ok("jit_harden", "1", "constants of unprivileged programs are blinded");
            default ->
                Finding.note("jit_harden", value, "constants of all programs are blinded, which makes them slower", "");
        };
    }

    private Finding lsms() {
        if (host.lsms().isEmpty()) {
            return securityfs("lsm", "which security modules are active cannot be read; one may refuse bpf(2)");
        }
        String value = String.join(",", host.lsms());
        List<String> refusing = host.refusingLsms();
        if (!host.lsms().contains("bpf")) {
            return Finding.note(
                    "lsm",
                    value,
                    "programs of type lsm cannot be attached" + mayRefuse(refusing),
                    "boot with lsm=" + value + ",bpf");
        }
        return Finding.ok("lsm", value, "programs of type lsm can be attached" + mayRefuse(refusing));
    }

    private static String mayRefuse(List<String> refusing) {
        return refusing.isEmpty()
                ? ""
                : "; " + String.join(", ", refusing)
                        + " may refuse bpf(2) with EPERM or EACCES by a policy of their own";
    }

    private Finding bpffs() {
        boolean isMounted = files.text("/proc/self/mountinfo").orElse("").contains(" - bpf ");
        return isMounted
                ? Finding.ok("bpffs", "mounted", "programs and maps can be pinned")
                : Finding.note(
                        "bpffs",
                        "not mounted",
                        "nothing can be pinned: OBJ_PIN and OBJ_GET end with ENOENT or EPERM",
                        "mount -t bpf bpf /sys/fs/bpf");
    }
}
