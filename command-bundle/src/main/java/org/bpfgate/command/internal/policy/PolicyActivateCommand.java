package org.bpfgate.command.internal.policy;

import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy activate}: makes a loaded policy the one that decides. */
@Command(name = "activate", description = "Let a loaded policy decide from now on.")
final class PolicyActivateCommand extends StateCommand {
    @Parameters(paramLabel = "NAME", description = "a loaded policy")
    private String name;

    PolicyActivateCommand(CommandContext context) {
        super(context);
    }

    @Override
    List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException {
        return List.of(admin.activate(PolicyName.ofArgument(name)));
    }

    @Override
    String describe(LoadedPolicy policy) {
        return PolicyName.printed(policy.name()) + " " + policy.version() + ": active";
    }

    @Override
    String subject() {
        return name;
    }
}
