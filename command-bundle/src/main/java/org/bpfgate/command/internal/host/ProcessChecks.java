package org.bpfgate.command.internal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this process may do, and what stands around it. */
final class ProcessChecks {
    /** Enough for the maps of most loaders; libbpf itself raises the limit to infinity where it can. */
    private static final long ENOUGH_MEMLOCK = 64L << 20;

    private final HostFiles files;
    private final HostState host;
    private final Optional<String> listener;

    /**
     * Checks this process.
     *
     * @param listener how a filter with a listener was refused; empty when it was taken
     */
    ProcessChecks(HostFiles files, HostState host, Optional<String> listener) {
        this.files = files;
        this.host = host;
        this.listener = listener;
    }

    List<Finding> all() {
        return List.of(userNamespace(), capabilities(), seccomp(), notification(), memlock());
    }

    private Finding userNamespace() {
        return host.isInitialNamespace()
                ? Finding.ok("user_namespace", "initial", "capabilities count")
                : Finding.problem(
                        "user_namespace",
                        "another",
                        "capabilities in a user namespace do not count for bpf(2): loads end with EPERM",
                        "load outside of the container, or mount a bpffs with delegate_cmds= for a BPF token (Linux"
                                + " 6.9)");
    }

    private Finding capabilities() {
        Optional<String> effective =
                files.text("/proc/self/status").flatMap(status -> HostState.line(status, "CapEff"));
        if (effective.isEmpty() || !effective.get().matches("[0-9a-f]{1,16}")) {
            return Finding.unknown("capabilities", "/proc/self/status cannot be read", "mount -t proc proc /proc");
        }
        Rights rights = new Rights(Long.parseUnsignedLong(effective.get(), 16));
        String value = rights.names().isEmpty() ? "none for BPF" : String.join(" ", rights.names());
        if (rights.missing().isEmpty()) {
            return Finding.ok("capabilities", value, "programs of every type may be loaded");
        }
        String fix = "run it as root, or give it " + String.join(", ", rights.missing())
                + " (setcap, AmbientCapabilities= of systemd, --cap-add of a container)";
        return rights.mayUseBpf()
                ? Finding.note("capabilities", value, withheld(rights.missing()) + " is loaded (EPERM)", fix)
                : Finding.problem(
                        "capabilities",
                        value,
                        "without CAP_BPF bpf(2) ends with EPERM"
                                + (host.unprivileged().orElse("").equals("0")
                                        ? ", but for socket filters and cgroup_skb programs"
                                        : ""),
                        fix);
    }

    /** What a process with CAP_BPF may not load for want of these. */
    private static String withheld(List<String> missing) {
        List<String> texts = new ArrayList<>();
        if (missing.contains("CAP_PERFMON")) {
            texts.add("without CAP_PERFMON no tracing program");
        }
        if (missing.contains("CAP_NET_ADMIN")) {
            texts.add("without CAP_NET_ADMIN no program of the network");
        }
        return String.join(", ", texts);
    }

    private Finding seccomp() {
        return host.filters() == 0
                ? Finding.ok("seccomp", "no filter", "no filter stands before bpf(2)")
                : Finding.note(
                        "seccomp",
                        host.filters() == 1 ? "1 filter" : host.filters() + " filters",
                        "a filter, of a container runtime or a service manager, may refuse bpf(2) with EPERM or ENOSYS"
                                + " whatever capabilities there are",
                        "give the container a seccomp profile that allows bpf, or take @bpf out of SystemCallFilter="
                                + " of the unit");
    }

    private Finding notification() {
        String id = "seccomp_notification";
        if (listener.isEmpty()) {
            return Finding.ok(
                    id, "yes", "a filter with a listener can be installed, as bpfgate run, learn and doctor -- CMD do");
        }
        String useless = "bpfgate run, learn and doctor -- CMD do not work; check, verify and sign do";
        if (listener.get().equals("EBUSY")) {
            return Finding.note(
                    id,
                    "EBUSY",
                    "this process is already under "
                            + (host.filters() == 1 ? "1 seccomp filter" : host.filters() + " seccomp filters")
                            + ", one of them with a listener, such as that of bpfgate run, and the kernel takes no"
                            + " second one: here "
                            + useless,
                    "start it outside of that filter");
        }
        Optional<String> actions = files.text("/proc/sys/kernel/seccomp/actions_avail");
        boolean isOffered =
                actions.isEmpty() || List.of(actions.get().split("\\s+", -1)).contains("user_notif");
        return isOffered
                ? Finding.note(id, listener.get(), "a filter with a listener is refused: here " + useless, "")
                : Finding.note(
                        id,
                        "no",
                        "the kernel is without notification: " + useless,
                        "use Linux 6.4 or later with CONFIG_SECCOMP_FILTER=y");
    }

    private Finding memlock() {
        String value = host.memlock().isPresent() ? host.memlock().getAsLong() + " bytes" : "unlimited";
        if (!host.countsMemlock()) {
            return Finding.ok("memlock", value, "BPF memory is not counted against it since Linux 5.11");
        }
        return host.memlock().isEmpty() || host.memlock().getAsLong() >= ENOUGH_MEMLOCK
                ? Finding.ok("memlock", value, "enough for most loaders")
                : Finding.note(
                        "memlock",
                        value,
                        "before Linux 5.11 maps and programs count against it: what does not fit ends with EPERM",
                        "ulimit -l unlimited, or LimitMEMLOCK=infinity of systemd");
    }
}
