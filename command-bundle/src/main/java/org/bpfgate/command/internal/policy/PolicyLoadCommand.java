package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy load}: takes a new policy in, which does not decide yet. */
@Command(name = "load", description = "Load a policy under the name that it gives itself; it does not decide yet.")
final class PolicyLoadCommand extends StateCommand {
    /** As much as the policy module reads. */
    static final int LIMIT = 32 << 20;

    @Option(names = "--allow-unsigned", description = "take a policy without a signature")
    private boolean unsigned;

    @Parameters(paramLabel = "FILE", description = "signed policy (CMS with its content, DER or PEM), or plain text")
    private Path file;

    PolicyLoadCommand(CommandContext context) {
        super(context);
    }

    @Override
    List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException, InputException {
        return List.of(admin.load(BoundedFile.read(file, LIMIT)));
    }

    @Override
    String describe(LoadedPolicy policy) {
        return PolicyName.printed(policy.name()) + " " + policy.version() + ": loaded, not active; "
                + PolicyListCommand.origin(policy);
    }

    @Override
    String subject() {
        return file.toString();
    }

    @Override
    boolean allowsUnsigned() {
        return unsigned;
    }
}
