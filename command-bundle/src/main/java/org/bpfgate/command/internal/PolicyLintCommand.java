package org.bpfgate.command.internal;

import java.nio.file.Path;
import org.bpfgate.command.read.internal.InputException;
import org.bpfgate.policy.PolicyFindings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy lint}: would this policy load, and does it say what its author means? */
@Command(
        name = "lint",
        description = "Look for errors in a policy, and for what its author hardly means.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the policy loads, with or without warnings", "3:it does not load, or cannot be read"})
final class PolicyLintCommand extends PolicyToolCommand {
    @Option(names = "--format", description = "text, json or sarif (SARIF 2.1.0)", defaultValue = "text")
    private FindingsFormat format = FindingsFormat.TEXT;

    @Parameters(paramLabel = "POLICY", description = "policy, plain text")
    private Path file;

    @Override
    public Integer call() throws InputException {
        PolicyFindings findings = tools().lint(read(file), dialect());
        console().out().println(print(findings));
        return findings.loads() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private String print(PolicyFindings findings) {
        return switch (format) {
            case TEXT -> FindingsText.of(file, findings);
            case JSON -> FindingsJson.of(findings);
            case SARIF ->
                Sarif.of(file, findings, context().getBundle().getVersion().toString());
        };
    }
}
