package org.bpfgate.command.internal.lsm;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm stop}: stops a module. */
@Command(name = "stop", description = "Stop a module until it is started again.")
final class LsmStopCommand extends LsmChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the name of a module, or the symbolic name of its bundle")
    private String name;

    @Option(
            names = "--force",
            description = "also stop a module that is required, without which every load is held and denied")
    private boolean force;

    LsmStopCommand(CommandContext context) {
        super(context, "lsm.stop", "stopped");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("name", name, "force", force);
    }
}
