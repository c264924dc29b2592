package org.bpfgate.command.internal.lsm;

import java.nio.file.Path;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm install}: adds the modules of a bundle. */
@Command(name = "install", description = "Check a bundle with modules, keep a copy of it, and start it.")
final class LsmInstallCommand extends LsmChangeCommand {
    @Parameters(paramLabel = "FILE.jar", description = "a signed bundle with modules")
    private Path file;

    @Option(names = "--allow-older", description = "also take a version that is older than one that ran before")
    private boolean allowOlder;

    LsmInstallCommand(CommandContext context) {
        super(context, "lsm.install", "installed");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("file", file.toAbsolutePath().toString(), "allowOlder", allowOlder);
    }
}
