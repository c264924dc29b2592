package org.bpfgate.command.internal.lsm;

import java.util.List;
import java.util.Map;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import picocli.CommandLine.Command;

/** {@code bpfgate lsm history}: who changed what. */
@Command(
        name = "history",
        description = "List the last changes of the modules: when, by whom, and the generations around each.")
final class LsmHistoryCommand extends LsmQueryCommand {
    LsmHistoryCommand(CommandContext context) {
        super(context, "lsm.history", "changes");
    }

    @Override
    void print(List<Map<String, Object>> items, Map<String, Object> result, Console console) {
        AlignedTable table = new AlignedTable("TIME", "BEFORE", "AFTER", "UID", "PID", "CHANGE");
        for (Map<String, Object> change : items) {
            table.add(
                    change.get("time"),
                    change.get("before"),
                    change.get("after"),
                    change.get("uid"),
                    change.get("pid"),
                    change.get("what"));
        }
        table.print(console.out());
    }
}
