package org.bpfgate.command.internal.allowlist;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.allowlist.ListSelection;
import org.bpfgate.allowlist.ListedAttach;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist remove}: a list without some digests. */
@Command(name = "remove", description = "Write a compiled list of what a list names, without some digests.")
final class AllowlistRemoveCommand extends AllowlistWriteCommand {
    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description =
                    "the compiled list, which may be LIST itself; what a text list or a signed one of that name held is"
                            + " kept as OUT.old")
    private Path output;

    @Parameters(index = "0", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private Path list;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DIGEST",
            description = "64 hexadecimal digits, with or without sha256: before them")
    private List<String> digests = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "remove only the entries of the digests that have this type of program (default: all)")
    private @Nullable String type;

    @Option(
            names = "--attach",
            paramLabel = "ATTACH",
            description = "with --type: only those that have this way of attaching, written as in lists")
    private @Nullable String attach;

    AllowlistRemoveCommand(CommandContext context) {
        super(context);
    }

    @Override
    Path output() {
        return output;
    }

    @Override
    ListInputs inputs() {
        return new ListInputs(List.of(list), List.of(), selections());
    }

    private Set<ListSelection> selections() {
        ProgramType onlyType = type == null ? null : ProgramType.byLabel(type).orElse(null);
        ListedAttach onlyAttach =
                attach == null ? null : ListedAttach.parse(attach).orElse(null);
        if (type != null && onlyType == null) {
            throw usage("Invalid value for option '--type': there is no program type '" + type + "'");
        }
        if (attach != null && (onlyAttach == null || onlyType == null)) {
            throw usage(
                    onlyAttach == null
                            ? "Invalid value for option '--attach': there is no attach type '" + attach + "'"
                            : "--attach goes with --type");
        }
        Set<ListSelection> selections = new LinkedHashSet<>();
        for (ProgramDigest digest : digests(digests)) {
            selections.add(new ListSelection(digest, onlyType, onlyAttach));
        }
        return selections;
    }
}
