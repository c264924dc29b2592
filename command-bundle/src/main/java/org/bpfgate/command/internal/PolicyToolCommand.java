package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfgate.command.read.internal.BoundedFile;
import org.bpfgate.command.read.internal.InputException;
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

    /** Reads a policy as its module does, up to the same size. */
    static byte[] read(Path file) throws InputException {
        return BoundedFile.read(file, PolicyLoadCommand.LIMIT);
    }
}
