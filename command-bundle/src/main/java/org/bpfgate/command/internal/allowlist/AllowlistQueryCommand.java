package org.bpfgate.command.internal.allowlist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.program.FoundProgram;
import org.bpfgate.command.internal.read.ProgramFiles;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramDigest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bpfgate allowlist query}: are these digests, tags or programs listed? */
@Command(
        name = "query",
        description = "Tell whether digests, tags or the programs of files are listed, and where.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all are listed", "10:one is not", "3:the list cannot be read"})
final class AllowlistQueryCommand extends AllowlistToolCommand {
    @Parameters(index = "0", paramLabel = "LIST", description = "text, compiled, or a signed manifest")
    private Path list;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "WHAT",
            description =
                    "digest (64 hexadecimal digits, with or without sha256: before them), tag that the kernel shows (16"
                            + " digits), or program file")
    private List<String> wanted = List.of();

    AllowlistQueryCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(AllowlistCompiler compiler) throws ListException, InputException {
        List<QueryReport.Question> asked = asked();
        Set<String> beginnings = new LinkedHashSet<>();
        asked.forEach(question -> beginnings.add(question.digits()));
        QueryReport report = new QueryReport(list, asked, compiler.find(list, beginnings, console()::warning));
        console().out().println(isJson() ? report.json() : report.text());
        return console().exitCode(report.isComplete() ? ExitCode.OK : ExitCode.DENIED);
    }

    private List<QueryReport.Question> asked() throws InputException {
        List<QueryReport.Question> asked = new ArrayList<>();
        for (String text : wanted) {
            String digits = DigestArgument.digits(text);
            if (digits != null) {
                asked.add(QueryReport.Question.of(digits));
            } else if (Files.exists(Path.of(text))) {
                addPrograms(Path.of(text), asked);
            } else {
                throw usage(
                        "expected a digest (64 hexadecimal digits), a kernel's tag (16) or a program file, but was '"
                                + text + "'" + DigestArgument.hint(text));
            }
        }
        return asked.stream().distinct().toList();
    }

    /** A program whose digest is not known before its load is told and left out. */
    private void addPrograms(Path file, List<QueryReport.Question> asked) throws InputException {
        for (FoundProgram found : ProgramFiles.read(file, console()::badInput)) {
            Optional<ProgramDigest> digest = found.program().instructions().digest();
            if (digest.isPresent()) {
                asked.add(new QueryReport.Question(
                        found.label(), digest.get().hex(), found.program().type()));
                found.byName()
                        .flatMap(Instructions::digest)
                        .ifPresent(other -> asked.add(new QueryReport.Question(
                                found.label() + " (order of cilium/ebpf)",
                                other.hex(),
                                found.program().type())));
            } else {
                console()
                        .badInput(new InputException(found.label() + ": its digest cannot be computed offline: "
                                + found.program().instructions().pendingReason()));
            }
        }
    }
}
