package org.bpfgate.command.internal.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.Format;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.bpfgate.policy.PolicyException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy compile}: the same policy in its canonical form. */
@Command(
        name = "compile",
        description = "Write a policy in its canonical form, which decides the same.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it is written", "3:the policy does not load, or a file cannot be read or written"})
final class PolicyCompileCommand extends SignedPolicyCommand {
    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "where to write (default: standard output, as text; - writes the bytes as they are)")
    private @Nullable Path output;

    @Parameters(paramLabel = "POLICY", description = "policy: plain text, or signed")
    private Path file;

    PolicyCompileCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException {
        try {
            byte[] text = texts().read(file);
            write(tools().compile(text, dialect()));
            return ExitCode.OK;
        } catch (PolicyException e) {
            new PolicyReport(Format.TEXT, console()).refused(file.toString(), e);
            return ExitCode.BAD_INPUT;
        }
    }

    private void write(byte[] canonical) throws InputException {
        if (output != null && OutputFile.isStandardOutput(output)) {
            console().write(canonical);
        } else if (output != null) {
            OutputFile.write(output, canonical);
        } else {
            console().out().print(utf8(canonical));
        }
    }

    /** What is printed is text, and other bytes would come out changed. */
    private String utf8(byte[] canonical) throws InputException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(canonical))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InputException(
                    file, "its name is not UTF-8, so it cannot be printed: write it to a file with -o");
        }
    }
}
