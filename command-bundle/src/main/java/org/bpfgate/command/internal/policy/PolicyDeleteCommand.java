package org.bpfgate.command.internal.policy;

import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy delete}: forgets a policy that does not decide. */
@Command(name = "delete", description = "Forget a loaded policy that is not active.")
final class PolicyDeleteCommand extends StateCommand {
    @Parameters(paramLabel = "NAME", description = "a loaded policy that is not active")
    private String name;

    PolicyDeleteCommand(CommandContext context) {
        super(context);
    }

    /** Tells nothing, as there is nothing left to tell about. */
    @Override
    List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException {
        admin.delete(PolicyName.ofArgument(name));
        return List.of();
    }

    @Override
    String describe(LoadedPolicy policy) {
        throw new IllegalStateException("nothing is left of a deleted policy");
    }

    @Override
    String subject() {
        return name;
    }
}
