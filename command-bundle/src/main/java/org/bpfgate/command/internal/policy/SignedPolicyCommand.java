package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the verbs share that read policies and no programs: whom to trust for signed ones. */
abstract class SignedPolicyCommand extends PolicyToolCommand {
    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description =
                    "certificates to trust for signed policies, PEM or DER: a file, or a directory of them; policies are signed"
                            + " by those of its sub-directories builtin, secondary and platform")
    private @Nullable List<Path> trust;

    SignedPolicyCommand(CommandContext context) {
        super(context);
    }

    @Override
    final @Nullable List<Path> signers() {
        return trust;
    }
}
