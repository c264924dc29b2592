package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.allowlist.ListInputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist remove}: a list without some digests. */
@Command(name = "remove", description = "Write a compiled list of what a list names, without some digests.")
final class AllowlistRemoveCommand extends WriteListCommand {
    @Option(names = "-o", required = true, paramLabel = "OUT", description = "the compiled list; may be LIST itself")
    private Path output;

    @Parameters(index = "0", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private Path list;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DIGEST",
            description = "64 hexadecimal digits, with or without sha256: before them")
    private List<String> digests = List.of();

    @Override
    Path output() {
        return output;
    }

    @Override
    ListInputs inputs() {
        return new ListInputs(List.of(list), List.of(), digests(digests));
    }
}
