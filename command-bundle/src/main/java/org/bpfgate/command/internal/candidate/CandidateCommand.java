package org.bpfgate.command.internal.candidate;

import org.bpfgate.command.internal.context.VerbGroup;
import picocli.CommandLine.Command;

/** {@code bpfgate candidate}: tries a change of the running gate. */
@Command(
        name = "candidate",
        description =
                "Let another stack decide beside the live one, see in what they differ, and make it the live one or drop it. Exit code 4 when no gate runs, 10 when a check refuses.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CandidateStartCommand.class,
            CandidateShowCommand.class,
            CandidatePromoteCommand.class,
            CandidateDropCommand.class
        })
public final class CandidateCommand extends VerbGroup {}
