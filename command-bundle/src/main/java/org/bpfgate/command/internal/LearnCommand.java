package org.bpfgate.command.internal;

import java.nio.file.Path;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate learn}: lets a command load what it likes, and lists it. */
@Command(name = "learn", description = "Run a command without blocking anything, and list the programs that it loads.")
final class LearnCommand extends MediateCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "LIST",
            description = "where to write the list (default: standard error); the policy proposal goes to LIST.ipe")
    private @Nullable Path output;

    @Override
    public Integer call() throws InputException, InterruptedException {
        LearnedPrograms learned = new LearnedPrograms();
        prepare();
        int code = mediate(true, learned);
        learned.write(output, bpfgate.console());
        return code;
    }
}
