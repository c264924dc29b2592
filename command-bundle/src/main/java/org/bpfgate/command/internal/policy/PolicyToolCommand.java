package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyTools;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the verbs share that work on policies as texts. */
abstract class PolicyToolCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "read the policy as one in ${COMPLETION-CANDIDATES} (default: the dialect that its first line"
                    + " names, or else ops8)")
    private @Nullable PolicyDialect dialect;

    PolicyToolCommand(CommandContext context) {
        this.context = context;
    }

    /** Returns the dialect that was asked for; null for the policy's own. */
    final @Nullable PolicyDialect dialect() {
        return dialect;
    }

    final PolicyTools tools() {
        return context.service(PolicyTools.class);
    }

    final CommandContext context() {
        return context;
    }

    final Console console() {
        return context.console();
    }

    /** Reads policies; signed ones by the installation's trust. */
    final PolicyTexts texts() {
        return texts(signers());
    }

    final PolicyTexts texts(@Nullable List<Path> trust) {
        return new PolicyTexts(context, trust);
    }

    /** Returns who signs policies; null for those whom the installation trusts. */
    @Nullable
    List<Path> signers() {
        return null;
    }
}
