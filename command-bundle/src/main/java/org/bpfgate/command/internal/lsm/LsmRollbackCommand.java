package org.bpfgate.command.internal.lsm;

import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm rollback}: puts the bundle back that was there before. */
@Command(name = "rollback", description = "Go back to the bundle that was kept, in one generation.")
final class LsmRollbackCommand extends LsmChangeCommand {
    @Parameters(paramLabel = "NAME", description = "the name of a module, or the symbolic name of its bundle")
    private String name;

    LsmRollbackCommand(CommandContext context) {
        super(context, "lsm.rollback", "rolled back");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("name", name);
    }
}
