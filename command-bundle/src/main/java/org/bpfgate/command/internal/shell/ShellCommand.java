package org.bpfgate.command.internal.shell;

import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.control.CommandShell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate shell}: the words that talk to the running gate, one after the other. */
@Command(
        name = "shell",
        description =
                "Run the words that talk to the running gate, as they are typed, with completion and line editing, or from a script."
                        + " Ends with the exit code of the last word.")
public final class ShellCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "-c",
            paramLabel = "SCRIPT",
            description = "run this: words parted by ; && or || (default: what is typed, or standard input)")
    private @Nullable String script;

    ShellCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CommandShell shell = context.service(CommandShell.class);
        GateWords words = new GateWords(context);
        return script == null ? shell.converse(words) : shell.execute(words, script);
    }
}
