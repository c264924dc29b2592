package org.bpfgate.command.internal.allowlist;

import org.bpfgate.command.internal.context.VerbGroup;
import picocli.CommandLine.Command;

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
public final class AllowlistCommand extends VerbGroup {}
