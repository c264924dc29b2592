package org.bpfgate.command.internal.run;

import java.nio.file.Path;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfgate learn}: lets a command load what it likes, and lists it. */
@Command(name = "learn", description = "Run a command without blocking anything, and list the programs that it loads.")
public final class LearnCommand extends MediateCommand {
    private static final int MOST_RUNS = 100;

    /** A command that a signal has ended has this exit code and the number of the signal. */
    private static final int BY_SIGNAL = 128;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "LIST",
            description = "where to write the list, line by line (default: standard error, at the end); the policy"
                    + " proposal goes to LIST.ipe; what these files held is kept as LIST.old")
    private @Nullable Path output;

    @Option(names = "--append", description = "keep what LIST holds, and add what is not there; LIST.ipe is left alone")
    private boolean append;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "run the command N times, and warn of programs that are not the same each time (default: 1)")
    private int runs = 1;

    LearnCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException, InterruptedException {
        if (runs < 1 || runs > MOST_RUNS) {
            throw new ParameterException(
                    spec.commandLine(), "--runs: a number from 1 to " + MOST_RUNS + ", not " + runs);
        }
        if (append && output == null) {
            throw new ParameterException(spec.commandLine(), "--append: needs --output LIST");
        }
        LearnedPrograms learned = LearnedPrograms.open(output, append, context.console());
        int code = 0;
        int ended = 0;
        boolean isRun = false;
        try {
            prepare();
            while (ended < runs) {
                learned.nextRun();
                int exit = mediate(true, learned);
                code = code == 0 ? exit : code;
                if (wasNotRun()) {
                    return code;
                }
                isRun = true;
                ended++;
                if (exit > BY_SIGNAL && ended < runs) {
                    context.console()
                            .warning("a signal ended run " + ended + " of " + runs + "; there are no further runs");
                    break;
                }
            }
        } finally {
            if (!isRun) {
                learned.discard();
            }
        }
        return learned.finish(ended) || code != 0 ? code : ExitCode.FAILED;
    }
}
