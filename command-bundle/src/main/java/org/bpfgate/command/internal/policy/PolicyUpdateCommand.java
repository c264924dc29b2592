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

/** {@code bpfgate policy update}: replaces a loaded policy by a newer one. */
@Command(name = "update", description = "Replace a loaded policy by a newer version; an active one decides at once.")
final class PolicyUpdateCommand extends StateCommand {
    @Option(names = "--allow-unsigned", description = "take a policy without a signature")
    private boolean unsigned;

    @Parameters(index = "0", paramLabel = "NAME", description = "the policy to replace")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE", description = "the newer policy of the same name, as for load")
    private Path file;

    PolicyUpdateCommand(CommandContext context) {
        super(context);
    }

    @Override
    List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException, InputException {
        return List.of(admin.update(PolicyName.ofArgument(name), BoundedFile.read(file, PolicyLoadCommand.LIMIT)));
    }

    @Override
    String describe(LoadedPolicy policy) {
        return PolicyName.printed(policy.name()) + " " + policy.version() + ": updated, "
                + (policy.active() ? "decides now; " : "not active; ") + PolicyListCommand.origin(policy);
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
