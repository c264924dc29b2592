package org.bpfgate.command.internal.run;

import java.util.List;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate exec}: this process becomes a command whose loads the running gate decides on. */
@Command(
        name = "exec",
        description =
                "Become a command; only programs that the running gate lets in enter the kernel. The command keeps the"
                        + " process id. It is not executed when no gate runs (exit code 125).")
public final class ExecCommand implements Callable<Integer>, StartsCommand {
    private final CommandContext context;

    @Parameters(
            arity = "1..*",
            paramLabel = "CMD",
            description = "the command and its arguments; put -- before it when it has options")
    private List<String> words = List.of();

    ExecCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Becoming(context).become(words);
    }
}
