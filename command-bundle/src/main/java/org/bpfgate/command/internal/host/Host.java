package org.bpfgate.command.internal.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.mediation.KernelAnswer;

/** Looks at a host. */
public final class Host {
    private Host() {}

    /**
     * Finds what there is to know.
     *
     * @param files {@code /proc} and {@code /sys}
     * @param answer what the kernel says to the load of a tiny program
     * @param listener what it says to a filter with a listener; empty when it takes one
     */
    public static List<Finding> findings(HostFiles files, KernelAnswer answer, Optional<String> listener) {
        HostState host = HostState.of(files);
        List<Finding> findings = new ArrayList<>(new KernelChecks(files, host).all());
        findings.addAll(new ProcessChecks(files, host, listener).all());
        findings.add(load(answer, findings));
        findings.add(tags(answer, host));
        findings.addAll(new KeyringChecks(files, host).all());
        return findings;
    }

    private static Finding load(KernelAnswer answer, List<Finding> others) {
        if (answer.errno().isEmpty()) {
            return Finding.ok("load", "works", "the kernel loads a socket filter of two instructions for this process");
        }
        String causes = others.stream()
                .filter(finding -> finding.state() == Finding.State.PROBLEM
                        || (finding.state() == Finding.State.NOTE && mayRefuseEverything(finding)))
                .map(Finding::id)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return Finding.problem(
                "load",
                answer.errno().get(),
                "the kernel refuses this process a socket filter of two instructions"
                        + (causes.isEmpty()
                                ? ", and none of the findings says why: a security module, or the machine below the kernel"
                                : "; see " + causes),
                causes.isEmpty() ? "journalctl -k | grep -i -e denied -e avc" : "");
    }

    private static boolean mayRefuseEverything(Finding finding) {
        return finding.id().equals("seccomp") || finding.id().equals("memlock");
    }

    private static Finding tags(KernelAnswer answer, HostState host) {
        if (answer.tagAlgorithm().isPresent()) {
            return answer.tagAlgorithm().get().equals("SHA-256")
                    ? Finding.ok("tags", "SHA-256", "the tag of bpftool prog show is the beginning of bpfgate's digest")
                    : Finding.note(
                            "tags",
                            answer.tagAlgorithm().get(),
                            "the tag of bpftool prog show is not the beginning of bpfgate's digest; allowlist query takes it all the"
                                    + " same where the list has the program",
                            "");
        }
        return Finding.unknown(
                "tags",
                "no program could be loaded to see; by its number this kernel has "
                        + (host.kernel().isAtLeast(6, 18) ? "SHA-256" : "SHA-1"),
                "");
    }
}
