package org.bpfgate.command.internal;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bpfgate policy}: what is done with policies themselves. */
@Command(
        name = "policy",
        description = "Write and try policies; load, activate and list them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyLintCommand.class,
            PolicyExplainCommand.class,
            PolicyDiffCommand.class,
            PolicyCompileCommand.class,
            PolicyLoadCommand.class,
            PolicyUpdateCommand.class,
            PolicyActivateCommand.class,
            PolicyDeleteCommand.class,
            PolicyListCommand.class
        })
final class PolicyCommand implements Runnable {
    @ParentCommand
    private BpfgateCommand bpfgate;

    @Spec
    private CommandSpec spec;

    BpfgateCommand bpfgate() {
        return bpfgate;
    }

    /** Without a verb of its own there is nothing to do but to say which there are. */
    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        throw new ParameterException(
                command,
                "a command is missing: "
                        + String.join(", ", command.getSubcommands().keySet()));
    }
}
