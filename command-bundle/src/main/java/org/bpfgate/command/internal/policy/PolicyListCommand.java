package org.bpfgate.command.internal.policy;

import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.PolicyName;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import picocli.CommandLine.Command;

/** {@code bpfgate policy list}: which policies are loaded, and which one decides. */
@Command(name = "list", description = "List the loaded policies; the active one has a star.")
final class PolicyListCommand extends StateCommand {
    PolicyListCommand(CommandContext context) {
        super(context);
    }

    @Override
    List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException {
        return admin.list();
    }

    @Override
    String describe(LoadedPolicy policy) {
        return (policy.active() ? "* " : "  ") + PolicyName.printed(policy.name()) + " " + policy.version() + "  "
                + origin(policy);
    }

    /** Returns how a policy came in, for people. */
    static String origin(LoadedPolicy policy) {
        return switch (policy.origin()) {
            case SIGNED -> "signed by " + policy.signer().orElseThrow().subject();
            case UNSIGNED -> "unsigned";
            case BOOT -> "boot policy";
        };
    }

    @Override
    String subject() {
        return "policy list";
    }
}
