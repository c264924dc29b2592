package org.bpfgate.stack;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one load, and how it came about.
 *
 * @param stack the generation that decided
 * @param reports what the verifiers reported, in the order of their reports
 * @param result the denial, or the allowance with the rule of the last policy that named one
 * @param decidedBy the module whose result that is; null when no module had a say
 */
public record LoadDecision(
        ModuleStack stack,
        List<Report> reports,
        HookResult result,
        @Nullable LsmId decidedBy) {
    /** Copies the list. */
    public LoadDecision {
        Objects.requireNonNull(stack);
        reports = List.copyOf(reports);
        Objects.requireNonNull(result);
    }

    /** Returns whether the program may be loaded. */
    public boolean isAllow() {
        return result.isAllow();
    }

    /** Returns the module that denied; empty for an allowance, or when the framework itself denied. */
    public Optional<LsmId> deniedBy() {
        return isAllow() ? Optional.empty() : Optional.ofNullable(decidedBy);
    }

    /**
     * Returns the reports that say something against the program: a signature that is not good, another digest than the listed one, a
     * revocation, a list or an entry that does not count for it. That nobody signed or listed it is nothing against it.
     */
    public List<Report> objections() {
        return reports.stream().filter(entry -> entry.report().isObjection()).toList();
    }

    /**
     * Returns the reason of the result, and behind it what each verifier has against the program, of which a policy's own reason only
     * has the word; one line for people.
     */
    public String why() {
        StringBuilder text = new StringBuilder(result.reason());
        for (Report entry : objections()) {
            text.append("; ")
                    .append(entry.verifier())
                    .append(": ")
                    .append(entry.report().reason());
        }
        return text.toString();
    }

    /**
     * One verifier's report.
     *
     * @param verifier who reported
     * @param report what
     */
    public record Report(LsmId verifier, IntegrityReport report) {}
}
