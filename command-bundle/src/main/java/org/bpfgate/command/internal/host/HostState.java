package org.bpfgate.command.internal.host;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The facts that causes of failed calls are told apart by.
 *
 * @param kernel its version
 * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}; empty when it cannot be read
 * @param unprivileged {@code kernel.unprivileged_bpf_disabled}; empty when it cannot be read
 * @param lsms the active security modules; none when they cannot be read
 * @param memlock the soft limit of locked memory in bytes; empty when there is none or it cannot be read
 * @param filters how many seccomp filters this process is under
 * @param hasJit whether programs are compiled
 * @param isInitialNamespace whether this process is in the user namespace in which capabilities count for bpf(2)
 */
public record HostState(
        KernelVersion kernel,
        Optional<String> lockdown,
        Optional<String> unprivileged,
        List<String> lsms,
        OptionalLong memlock,
        int filters,
        boolean hasJit,
        boolean isInitialNamespace) {
    /** The user namespace that the kernel starts with maps all ids to themselves, user_namespaces(7). */
    private static final String ALL_IDS = "0 0 4294967295";

    private static final String LIMIT = "Max locked memory";

    /** Copies the list. */
    public HostState {
        lsms = List.copyOf(lsms);
    }

    /** Reads the state of a host. */
    public static HostState of(HostFiles files) {
        Optional<String> status = files.text("/proc/self/status");
        return new HostState(
                KernelVersion.of(files.text("/proc/sys/kernel/osrelease").orElse("")),
                files.text("/sys/kernel/security/lockdown").flatMap(HostState::chosen),
                files.text("/proc/sys/kernel/unprivileged_bpf_disabled"),
                files.text("/sys/kernel/security/lsm")
                        .map(text -> Arrays.asList(text.split(",", -1)))
                        .orElse(List.of()),
                files.text("/proc/self/limits").map(HostState::memlock).orElse(OptionalLong.empty()),
                status.map(HostState::filters).orElse(0),
                !files.text("/proc/sys/net/core/bpf_jit_enable").orElse("1").equals("0"),
                files.text("/proc/self/uid_map")
                        .map(map -> map.replaceAll("\\s+", " ").equals(ALL_IDS))
                        .orElse(true));
    }

    /** The word in brackets, by which the kernel marks the value that holds: {@code none [integrity] confidentiality}. */
    static Optional<String> chosen(String text) {
        int begin = text.indexOf('[');
        int end = text.indexOf(']', begin + 1);
        return begin < 0 || end < 0 ? Optional.empty() : Optional.of(text.substring(begin + 1, end));
    }

    /** The soft limit in the text of {@code /proc/PID/limits}; empty for {@code unlimited}. */
    static OptionalLong memlock(String limits) {
        for (String line : limits.lines().toList()) {
            if (line.startsWith(LIMIT)) {
                String soft = line.substring(LIMIT.length()).strip().split("\\s+", 2)[0];
                return soft.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(soft)) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** {@code Seccomp_filters} (Linux 5.9); before that 1 where {@code Seccomp} says that there is a filter. */
    static int filters(String status) {
        Optional<String> count = line(status, "Seccomp_filters");
        if (count.isPresent()) {
            return count.get().matches("\\d{1,9}") ? Integer.parseInt(count.get()) : 0;
        }
        return line(status, "Seccomp").orElse("0").equals("2") ? 1 : 0;
    }

    /** What stands behind a label of {@code /proc/PID/status}. */
    static Optional<String> line(String status, String label) {
        return status.lines()
                .filter(line -> line.startsWith(label + ":"))
                .map(line -> line.substring(label.length() + 1).strip())
                .findFirst();
    }

    /** The security modules that can refuse a call for reasons of their own. */
    public List<String> refusingLsms() {
        List<String> refusing = List.of("selinux", "apparmor", "smack", "tomoyo", "landlock", "bpf", "ipe", "hornet");
        return lsms.stream().filter(refusing::contains).toList();
    }

    /** Whether bpf(2) counts memory against the limit: until Linux 5.10. */
    public boolean countsMemlock() {
        return kernel.isKnown() && !kernel.isAtLeast(5, 11);
    }
}
