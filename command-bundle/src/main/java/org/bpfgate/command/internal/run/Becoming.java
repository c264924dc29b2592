package org.bpfgate.command.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.Mediator;
import org.jspecify.annotations.Nullable;

/** How this process becomes a command whose calls the running gate mediates. */
final class Becoming {
    /** The framework property with which the launcher tells of the directory that is deleted when this process ends. */
    private static final String TEMPORARY = "bpfgate.temporary";

    private final CommandContext context;

    Becoming(CommandContext context) {
        this.context = context;
    }

    /**
     * Becomes the command. Returns only when it was not executed, which is told in one line.
     *
     * @return the exit code of env(1) for that
     */
    int become(List<String> words) throws InterruptedException {
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
