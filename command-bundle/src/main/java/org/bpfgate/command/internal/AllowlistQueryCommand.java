package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist query}: are these digests listed? */
@Command(name = "query", description = "Tell whether digests are listed; exit 10 when one is not.")
final class AllowlistQueryCommand extends ListCommand {
    @Parameters(index = "0", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private Path list;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "DIGEST", description = "64 hexadecimal digits")
    private List<String> digests = List.of();

    @Override
    int run(AllowlistCompiler compiler) throws ListException, InputException {
        int code = ExitCode.OK;
        for (ProgramDigest digest : DigestArgument.all(digests)) {
            boolean listed = compiler.contains(list, digest);
            console().out().println(digest + (listed ? "  listed" : "  not listed"));
            code = listed ? code : ExitCode.DENIED;
        }
        return code;
    }
}
