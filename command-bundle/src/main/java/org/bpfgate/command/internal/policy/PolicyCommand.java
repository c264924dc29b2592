package org.bpfgate.command.internal.policy;

import org.bpfgate.command.internal.context.VerbGroup;
import picocli.CommandLine.Command;

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
public final class PolicyCommand extends VerbGroup {}
