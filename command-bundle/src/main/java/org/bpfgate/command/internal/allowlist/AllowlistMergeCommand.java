package org.bpfgate.command.internal.allowlist;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.command.internal.context.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist merge}: one compiled list of several lists. */
@Command(name = "merge", description = "Write a compiled list of what several lists name.")
final class AllowlistMergeCommand extends AllowlistWriteCommand {
    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description =
                    "the compiled list, which may be one of LIST; what a text list or a signed one of that name held is"
                            + " kept as OUT.old")
    private Path output;

    @Parameters(arity = "1..*", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private List<Path> lists = List.of();

    AllowlistMergeCommand(CommandContext context) {
        super(context);
    }

    @Override
    Path output() {
        return output;
    }

    @Override
    ListInputs inputs() {
        return new ListInputs(lists, List.of(), Set.of());
    }
}
