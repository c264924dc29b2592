package org.bpfgate.command.internal.lsm;

import org.bpfgate.command.internal.context.VerbGroup;
import picocli.CommandLine.Command;

/** {@code bpfgate lsm}: the modules of the running gate. */
@Command(
        name = "lsm",
        description =
                "See and change the modules of the running gate. Exit code 4 when no gate runs, 10 when a check refuses.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LsmListCommand.class,
            LsmInstallCommand.class,
            LsmReplaceCommand.class,
            LsmRollbackCommand.class,
            LsmStopCommand.class,
            LsmStartCommand.class,
            LsmRemoveCommand.class,
            LsmOrderCommand.class,
            LsmRequireCommand.class,
            LsmHistoryCommand.class
        })
public final class LsmCommand extends VerbGroup {}
