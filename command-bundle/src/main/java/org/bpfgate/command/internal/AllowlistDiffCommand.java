package org.bpfgate.command.internal;

import java.nio.file.Path;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListInputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist diff}: which digests only one of two lists has. */
@Command(
        name = "diff",
        description = "Print the digests that only the second (+) or only the first list (-) has.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both have the same digests", "10:they differ", "3:a list cannot be read"})
final class AllowlistDiffCommand extends ListCommand {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "text, compiled, or a signed manifest")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "the same")
    private Path after;

    @Override
    int run(AllowlistCompiler compiler) throws ListException {
        ListDifference difference = ListDifference.on(console().out(), isJson());
        compiler.compare(ListInputs.of(before), ListInputs.of(after), difference);
        difference.end();
        return difference.isEmpty() ? ExitCode.OK : ExitCode.DENIED;
    }
}
