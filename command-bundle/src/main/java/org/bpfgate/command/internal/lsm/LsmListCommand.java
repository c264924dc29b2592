package org.bpfgate.command.internal.lsm;

import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code bpfgate lsm list}: the modules in the order in which they are called. */
@Command(
        name = "list",
        description = "List the modules in the order in which they are called, with those that do not run.")
final class LsmListCommand extends LsmQueryCommand {
    private static final int SHOWN_DIGITS = 12;

    LsmListCommand(CommandContext context) {
        super(context, "lsm.list", "modules");
    }

    @Override
    void print(List<Map<String, Object>> items, Map<String, Object> result, Console console) {
        AlignedTable table =
                new AlignedTable("ORDER", "NAME", "RANKING", "BUNDLE", "VERSION", "SHA-256", "SIGNER", "STATE");
        for (Map<String, Object> module : items) {
            table.add(
                    module.get("order"),
                    module.get("name"),
                    module.get("ranking"),
                    module.get("bundle"),
                    module.get("version"),
                    start(module.get("sha256")),
                    module.get("signer"),
                    (Boolean.TRUE.equals(module.get("required")) ? "required, " : "") + module.get("state"));
        }
        table.print(console.out());
        console.out().println("generation " + result.get("generation"));
        if (result.get("problems") instanceof List<?> problems) {
            problems.forEach(problem -> console.warning(problem.toString()));
        }
    }

    private static @Nullable String start(@Nullable Object digest) {
        return digest instanceof String text ? text.substring(0, Math.min(SHOWN_DIGITS, text.length())) : null;
    }
}
