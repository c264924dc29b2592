package org.bpfgate.command.internal;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.mediation.MediationRecord;

/** What helps against the denials of a run, each kind in one line. Not safe for use by several threads. */
final class Remedies {
    /** What helps; the order is that of the lines. */
    private enum Remedy {
        PROBES("feature probes that the policy denies: it lets them in with the line"
                + " \"op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\" (docs/feature-probes.md)"),
        CHANGED(
                "a program that has another digest than the list has: if the change is wanted, run \"bpfgate learn -o LIST --"
                        + " COMMAND\" again and look through LIST"),
        OTHER_USE(
                "a program that the list has for another type or another way of attaching: if this one is wanted too, run"
                        + " \"bpfgate learn --append -o LIST -- COMMAND\" and look through LIST"),
        REVOKED("a program that is revoked: no list lets it in until its line is taken out of the list of revocations"),
        NOT_LISTED(
                "a program that nobody signed and no list has: \"bpfgate learn -o LIST -- COMMAND\" writes a list of what the"
                        + " command loads; look through it, then run with --allowlist LIST (what the kernel itself refused is a"
                        + " comment there, and changes nothing)"),
        NOT_TRUSTED("a signature by somebody who is not trusted: --trust FILE names the signer's certificate");

        private final String line;

        Remedy(String line) {
            this.line = line;
        }
    }

    private final Set<Remedy> found = EnumSet.noneOf(Remedy.class);

    /** Adds what helps against one denial. */
    void add(MediationRecord denied) {
        if (denied.load().isEmpty() || denied.decision().isEmpty()) {
            return;
        }
        if (denied.load().get().probe().isPresent()) {
            found.add(Remedy.PROBES);
            return;
        }
        // Without a list nobody reports on it.
        IntegrityVerdict listed = IntegrityVerdict.UNSIGNED;
        String code = "";
        for (LoadDecision.Report entry : denied.decision().get().reports()) {
            if (entry.verifier().name().equals("allowlist")) {
                listed = entry.report().verdict();
                code = entry.report().code().orElse("");
            } else if (entry.report().code().filter("untrusted-signer"::equals).isPresent()) {
                found.add(Remedy.NOT_TRUSTED);
            }
        }
        if (listed == IntegrityVerdict.UNEXPECTED) {
            found.add(ofUnexpected(code));
        } else if (listed == IntegrityVerdict.UNSIGNED
                && denied.load().get().signature().isEmpty()) {
            found.add(Remedy.NOT_LISTED);
        }
    }

    private static Remedy ofUnexpected(String code) {
        if (code.equals("revoked")) {
            return Remedy.REVOKED;
        }
        return code.startsWith("other-") || code.equals("attach-target-unknown") ? Remedy.OTHER_USE : Remedy.CHANGED;
    }

    /** Returns the lines. */
    List<String> lines() {
        return found.stream().map(remedy -> "what helps: " + remedy.line).toList();
    }
}
