package org.bpfgate.command.internal.lsm;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm remove}: forgets a module. */
@Command(name = "remove", description = "Stop a module and forget its bundle.")
final class LsmRemoveCommand extends LsmChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the name of a module, or the symbolic name of its bundle")
    private String name;

    @Option(
            names = "--force",
            description = "also remove a module that is required, without which every load is held and denied")
    private boolean force;

    LsmRemoveCommand(CommandContext context) {
        super(context, "lsm.remove", "removed");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("name", name, "force", force);
    }
}
