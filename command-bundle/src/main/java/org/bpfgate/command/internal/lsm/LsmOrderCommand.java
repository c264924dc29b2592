package org.bpfgate.command.internal.lsm;

import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate lsm order}: changes the order of the modules. */
@Command(name = "order", description = "Let modules come first, in this order; the others follow by ranking.")
final class LsmOrderCommand extends LsmChangeCommand {
    @ArgGroup(multiplicity = "1")
    private Wanted wanted = new Wanted();

    /** An order, or none. */
    static final class Wanted {
        @Parameters(
                paramLabel = "NAME",
                split = ",",
                arity = "1..*",
                description = "names of modules, with commas between")
        private @Nullable List<String> names;

        @Option(names = "--reset", required = true, description = "go back to the order of rankings")
        private boolean reset;
    }

    LsmOrderCommand(CommandContext context) {
        super(context, "lsm.order", "ordered");
    }

    @Override
    Map<String, Object> arguments() {
        return Map.of("names", wanted.reset || wanted.names == null ? List.of() : wanted.names);
    }
}
