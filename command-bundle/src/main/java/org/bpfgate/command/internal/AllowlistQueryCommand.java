package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist query}: are these digests listed? */
@Command(
        name = "query",
        description = "Tell whether digests are listed, and where.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all are listed", "10:one is not", "3:the list cannot be read"})
final class AllowlistQueryCommand extends ListCommand {
    @Parameters(index = "0", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private Path list;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DIGEST",
            description = "64 hexadecimal digits, with or without sha256: before them")
    private List<String> digests = List.of();

    @Override
    int run(AllowlistCompiler compiler) throws ListException {
        Set<ProgramDigest> asked = digests(digests);
        QueryReport report = new QueryReport(list, asked, compiler.find(list, asked));
        console().out().println(isJson() ? report.json() : report.text());
        return report.isComplete() ? ExitCode.OK : ExitCode.DENIED;
    }
}
