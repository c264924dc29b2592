package org.bpfgate.command.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.Mediator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate exec}: this process becomes a command whose loads the running gate decides on. */
@Command(
        name = "exec",
        description =
                "Become a command; only programs that the running gate lets in enter the kernel. The command keeps the"
                        + " process id. It is not executed when no gate runs (exit code 125).")
public final class ExecCommand implements Callable<Integer>, StartsCommand {
    /** The framework property with which the launcher tells of the directory that is deleted when this process ends. */
    private static final String TEMPORARY = "bpfgate.temporary";

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
        Path socket = context.root().resolve("run/bpfgate/listeners");
        String temporary = context.bundles().getProperty(TEMPORARY);
        try {
            context.service(Mediator.class).become(words, socket, () -> delete(temporary));
            throw new IllegalStateException("this process was to become the command");
        } catch (MediationException e) {
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCode.of(e);
        }
    }

    /** Nobody could delete it later: a process that becomes another command ends without a word. */
    private static void delete(@Nullable String directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // As for other commands: what cannot be deleted is left to whoever cleans the temporary files.
            return;
        }
    }
}
