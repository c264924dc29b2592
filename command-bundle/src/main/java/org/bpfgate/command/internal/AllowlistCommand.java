package org.bpfgate.command.internal;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bpfgate allowlist}: what is done with lists themselves. */
@Command(
        name = "allowlist",
        description = "Build, merge, compare and ask lists of program digests.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AllowlistBuildCommand.class,
            AllowlistMergeCommand.class,
            AllowlistRemoveCommand.class,
            AllowlistDiffCommand.class,
            AllowlistQueryCommand.class
        })
final class AllowlistCommand implements Runnable {
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
