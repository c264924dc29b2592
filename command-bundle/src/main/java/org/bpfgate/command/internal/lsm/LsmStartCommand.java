package org.bpfgate.command.internal.lsm;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm start}: starts a module. */
@Command(name = "start", description = "Start a module that was stopped.")
final class LsmStartCommand extends LsmChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the name of a module, or the symbolic name of its bundle")
    private String name;

    LsmStartCommand(CommandContext context) {
        super(context, "lsm.start", "started");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("name", name);
    }
}
