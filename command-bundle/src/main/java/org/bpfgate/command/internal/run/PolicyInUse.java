package org.bpfgate.command.internal.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.context.ShellWord;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyTools;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/**
 * The text of the policy that a command is run by: what to warn of before the command starts, and what would let a denied program in. Of a
 * large policy neither is found out, so that neither start nor denials take long. Immutable.
 */
final class PolicyInUse implements Remedies.WhatIf {
    /** Some hundred rules: what is looked for in them takes a few milliseconds. */
    private static final int LARGEST = 32 * 1024;

    /** As many warnings as a person reads before every run. */
    private static final int MOST_WARNINGS = 5;

    /** What is certainly wrong; the other kinds, such as rules that repeat others, change nothing about this run. */
    private static final Set<Kind> SHOWN = EnumSet.of(
            Kind.CONTRADICTION,
            Kind.UNKNOWN_VERIFIER,
            Kind.NEVER_REPORTED,
            Kind.UNKNOWN_FUNCTION,
            Kind.NO_PROCESS,
            Kind.UNKNOWN_ALGORITHM,
            Kind.PLACEHOLDER,
            Kind.EXPIRED,
            Kind.DIALECT_UNREAD);

    private final Path file;
    private final PolicyTools tools;
    private final byte @Nullable [] text;
    private final List<PolicyWarning> warnings;

    private PolicyInUse(Path file, PolicyTools tools, byte @Nullable [] text, List<PolicyWarning> warnings) {
        this.file = file;
        this.tools = tools;
        this.text = text;
        this.warnings = warnings;
    }

    /**
     * Begins to read a policy and to look through it, on another thread, while the gate is prepared.
     *
     * @return what gives the policy; to be asked when the verifiers are configured and the policy module has taken the policy
     */
    static Supplier<PolicyInUse> begin(CommandContext context, Path file) {
        PolicyTools tools = context.service(PolicyTools.class);
        CompletableFuture<PolicyInUse> begun = CompletableFuture.supplyAsync(() -> {
            byte[] bytes = read(file);
            // Who signed a policy is known when the verifiers are configured.
            return bytes == null || tools.isSigned(bytes)
                    ? new PolicyInUse(file, tools, bytes, List.of())
                    : of(file, tools, bytes);
        });
        return () -> begun.join().verified();
    }

    private static PolicyInUse of(Path file, PolicyTools tools, byte[] text) {
        List<PolicyWarning> warnings = tools.lint(text, null).warnings().stream()
                .filter(warning -> SHOWN.contains(warning.kind()))
                .toList();
        return new PolicyInUse(file, tools, text, warnings);
    }

    private static byte @Nullable [] read(Path file) {
        try {
            return BoundedFile.read(file, LARGEST);
        } catch (InputException e) {
            // Too large; one that cannot be read the policy module refuses.
            return null;
        }
    }

    private PolicyInUse verified() {
        if (text == null || !tools.isSigned(text)) {
            return this;
        }
        try {
            return of(file, tools, tools.text(text));
        } catch (PolicyException e) {
            // Changed since the module has read it, which decides by what it has read.
            return new PolicyInUse(file, tools, null, List.of());
        }
    }

    /** Returns a line for each warning, at most six. */
    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        for (PolicyWarning warning : warnings.subList(0, Math.min(warnings.size(), MOST_WARNINGS))) {
            lines.add(file + ":" + warning.line() + ":" + warning.column() + ": "
                    + PolicyName.printed(warning.message()));
        }
        if (warnings.size() > MOST_WARNINGS) {
            lines.add("and " + (warnings.size() - MOST_WARNINGS) + " more: bpfgate policy lint "
                    + ShellWord.of(file.toString()));
        }
        return lines;
    }

    /** Of a policy that is not known the advice of the denial tells. */
    @Override
    public boolean letsIn(ProgramLoad load, LoadDecision decision, String verifier) {
        if (text == null) {
            return decision.result().fix().contains("bpf_integrity=" + verifier + ":OK");
        }
        List<LoadDecision.Report> reports = new ArrayList<>(decision.reports());
        reports.removeIf(entry -> entry.verifier().name().equals(verifier));
        reports.add(new LoadDecision.Report(
                LsmId.named(verifier), IntegrityReport.of(IntegrityVerdict.OK, "as it would be")));
        try {
            return tools.explain(
                            text,
                            null,
                            load,
                            new LoadDecision(decision.stack(), reports, decision.result(), decision.decidedBy()))
                    .allows();
        } catch (PolicyException e) {
            return false;
        }
    }
}
