package org.bpfgate.command.internal;

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
final class AllowlistCommand extends VerbGroup {}
