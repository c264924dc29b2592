package org.bpfgate.command.internal.lsm;

import java.nio.file.Path;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm replace}: puts a bundle in the place of another one. */
@Command(
        name = "replace",
        description =
                "Start a bundle beside the one that a module is from, switch to it in one generation, and keep the old one for a rollback.")
final class LsmReplaceCommand extends LsmChangeCommand {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "the name of a module, or the symbolic name of its bundle")
    private String name;

    @Parameters(index = "1", paramLabel = "FILE.jar", description = "a signed bundle with modules")
    private Path file;

    @Option(names = "--allow-older", description = "also take a version that is older than one that ran before")
    private boolean allowOlder;

    LsmReplaceCommand(CommandContext context) {
        super(context, "lsm.replace", "replaced");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("name", name, "file", file.toAbsolutePath().toString(), "allowOlder", allowOlder);
    }
}
