package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyTools;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What the verbs share that work on policies as texts. */
abstract class PolicyToolCommand implements Callable<Integer> {
    @ParentCommand
    private PolicyCommand policy;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "read the policy as one in ${COMPLETION-CANDIDATES} (default: the dialect that its first line"
                    + " names, or else ops8)")
    private @Nullable PolicyDialect dialect;

    /** Returns the dialect that was asked for; null for the policy's own. */
    final @Nullable PolicyDialect dialect() {
        return dialect;
    }

    final PolicyTools tools() {
        return Services.get(context(), PolicyTools.class, null);
    }

    final BundleContext context() {
        return policy.bpfgate().context();
    }

    final Console console() {
        return policy.bpfgate().console();
    }

    /** Reads policies; signed ones by the installation's trust. */
    final PolicyTexts texts() {
        return texts(signers());
    }

    final PolicyTexts texts(@Nullable List<Path> trust) {
        return new PolicyTexts(context(), trust, console());
    }

    /** Returns who signs policies; null for those whom the installation trusts. */
    @Nullable
    List<Path> signers() {
        return null;
    }
}
