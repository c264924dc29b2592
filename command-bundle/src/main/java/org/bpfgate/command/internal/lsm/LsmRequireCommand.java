package org.bpfgate.command.internal.lsm;

import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm require}: changes which modules are required. */
@Command(name = "require", description = "Name the modules without which every load is held and denied.")
final class LsmRequireCommand extends LsmChangeCommand {
    @Parameters(
            paramLabel = "NAME",
            split = ",",
            arity = "1..*",
            description = "names of modules, with commas between; none alone requires nothing")
    private List<String> names;

    @Option(names = "--force", description = "also require modules that are not in the stack")
    private boolean force;

    LsmRequireCommand(CommandContext context) {
        super(context, "lsm.require", "required");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("names", names, "force", force);
    }
}
