package org.bpfgate.command.internal.run;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;

/**
 * What helps against the denials of a run, each kind in one line. What a list or a certificate would change is named only where the
 * policy would then let the program in; where neither helps, the policy's own advice is named. Not safe for use by several threads.
 */
final class Remedies {
    private static final String ALLOWLIST = "allowlist";

    /** As many different pieces of advice of policies as a person reads. */
    private static final int MOST_ADVICE = 5;

    /** What helps; the order is that of the lines. */
    private enum Remedy {
        PROBES("feature probes that the policy denies: it lets them in with the line"
                + " \"op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\" before its other rules (dialect bpfgate,"
                + " docs/feature-probes.md)"),
        REVOKED("a program that is revoked: no list lets it in until its line is taken out of the list of revocations;"
                + " load a version that is not revoked"),
        LIST_EXPIRED(
                "a program of a list that has expired: take a newer list, or look through this one again and give it a"
                        + " later \"#!valid-until\""),
        LIST_NOT_YET_VALID("a program of a list that is not valid yet: correct the clock, or wait until the time of its"
                + " \"#!valid-from\""),
        LIST_DISTRUSTED("a program of a list whose signer is not trusted any more: --trust FILE names the signer's"
                + " certificate"),
        LIST_DAMAGED("a compiled list that is damaged: make it anew from its text (bpfgate allowlist merge)"),
        CHANGED("a program that has another digest than the list has: if the change is wanted, run \"bpfgate learn"
                + " --append -o LIST -- COMMAND\" and look through LIST"),
        OTHER_USE("a program that the list has for another type or another way of attaching: if this one is wanted too,"
                + " run \"bpfgate learn --append -o LIST -- COMMAND\" and look through LIST"),
        NOT_LISTED(
                "a program that nobody signed and no list has: \"bpfgate learn --append -o LIST -- COMMAND\" adds what"
                        + " the command loads to LIST, or makes it; look through it, then run with --allowlist LIST (what"
                        + " the kernel itself refused is a comment there, and changes nothing)"),
        NOT_TRUSTED("a signature by somebody who is not trusted: --trust FILE names the signer's certificate");

        private final String line;

        Remedy(String line) {
            this.line = line;
        }
    }

    /** By the code of a report of the lists; a report without one, or with another, follows from the verdict. */
    private static final Map<String, Remedy> BY_CODE = Map.of(
            "revoked", Remedy.REVOKED,
            "list-expired", Remedy.LIST_EXPIRED,
            "list-not-yet-valid", Remedy.LIST_NOT_YET_VALID,
            "list-distrusted", Remedy.LIST_DISTRUSTED,
            "damaged-list", Remedy.LIST_DAMAGED,
            "other-type", Remedy.OTHER_USE,
            "other-attach-type", Remedy.OTHER_USE,
            "other-attach-target", Remedy.OTHER_USE,
            "attach-target-unknown", Remedy.OTHER_USE);

    /** What a policy would make of a load of which a verifier thinks better. */
    interface WhatIf {
        /** Returns whether the policy would let a denied load in if the verifier reported OK, and nothing else were different. */
        boolean letsIn(ProgramLoad load, LoadDecision decision, String verifier);
    }

    private final WhatIf policy;
    private final Set<Remedy> found = EnumSet.noneOf(Remedy.class);
    private final Set<String> advice = new LinkedHashSet<>();

    Remedies(WhatIf policy) {
        this.policy = policy;
    }

    /** Adds what helps against one denial. Where a module other than a policy denies, its own advice is all there is. */
    void add(MediationRecord denied) {
        if (denied.load().isEmpty()
                || denied.decision().isEmpty()
                || denied.decision().get().isAllow()) {
            return;
        }
        ProgramLoad load = denied.load().get();
        LoadDecision decision = denied.decision().get();
        boolean isPolicys = decision.result().basis().isPresent();
        if (isPolicys && load.probe().isPresent()) {
            found.add(Remedy.PROBES);
        } else if (!isPolicys || !findIn(load, decision)) {
            advise(decision);
        }
    }

    /** Returns whether anything that the reports suggest helps. */
    private boolean findIn(ProgramLoad load, LoadDecision decision) {
        boolean helps = false;
        boolean isReported = false;
        for (LoadDecision.Report entry : decision.reports()) {
            String verifier = entry.verifier().name();
            if (verifier.equals(ALLOWLIST)) {
                isReported = true;
                helps |= addIfItHelps(ofList(entry.report(), load), load, decision, verifier);
            } else if (entry.report().code().filter("untrusted-signer"::equals).isPresent()) {
                helps |= addIfItHelps(List.of(Remedy.NOT_TRUSTED), load, decision, verifier);
            }
        }
        if (!isReported && load.signature().isEmpty()) {
            // Without a list nobody reports on it.
            helps |= addIfItHelps(List.of(Remedy.NOT_LISTED), load, decision, ALLOWLIST);
        }
        return helps;
    }

    private boolean addIfItHelps(List<Remedy> remedies, ProgramLoad load, LoadDecision decision, String verifier) {
        boolean helps = !remedies.isEmpty() && policy.letsIn(load, decision, verifier);
        if (helps) {
            found.addAll(remedies);
        }
        return helps;
    }

    private static List<Remedy> ofList(IntegrityReport report, ProgramLoad load) {
        Remedy known = BY_CODE.get(report.code().orElse(""));
        if (known != null) {
            return List.of(known);
        }
        if (report.verdict() == IntegrityVerdict.UNEXPECTED) {
            return List.of(Remedy.CHANGED);
        }
        return report.verdict() == IntegrityVerdict.UNSIGNED && load.signature().isEmpty()
                ? List.of(Remedy.NOT_LISTED)
                : List.of();
    }

    private void advise(LoadDecision decision) {
        String fix = decision.result().fix();
        if (!fix.isEmpty() && advice.size() < MOST_ADVICE) {
            String where = decision.result()
                    .basis()
                    .map(PolicyBasis::policy)
                    .map(name -> "policy " + name + ": ")
                    .orElse("");
            advice.add(where + fix);
        }
    }

    /** Returns the lines. */
    List<String> lines() {
        return Stream.concat(found.stream().map(remedy -> remedy.line), advice.stream())
                .map(line -> "what helps: " + line)
                .toList();
    }
}
