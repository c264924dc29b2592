package org.bpfgate.command.internal.allowlist;

import java.nio.file.Path;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.allowlist.ListInputs;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist diff}: what only one of two lists has. */
@Command(
        name = "diff",
        description =
                "Print what only the second (+) or only the first list (-) has: digests, and the types and ways of"
                        + " attaching that they are listed for.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:both list the same", "10:they differ", "3:a list cannot be read"})
final class AllowlistDiffCommand extends AllowlistToolCommand {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "text, compiled, or a signed manifest")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "the same")
    private Path after;

    AllowlistDiffCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AllowlistCompiler compiler) throws ListException {
        AllowlistDifference difference = AllowlistDifference.on(console().out(), isJson());
        compiler.compare(ListInputs.of(before), ListInputs.of(after), difference, console()::warning);
        difference.end();
        return difference.isEmpty() ? ExitCode.OK : ExitCode.DENIED;
    }
}
