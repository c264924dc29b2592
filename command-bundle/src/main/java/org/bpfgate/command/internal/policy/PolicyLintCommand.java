package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.findings.FindingsJson;
import org.bpfgate.command.internal.findings.FindingsText;
import org.bpfgate.command.internal.findings.Sarif;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.PolicyException;
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
final class PolicyLintCommand extends SignedPolicyCommand {
    /** How findings are printed. */
    enum OutputFormat {
        /** For people and editors: a line per finding, with its place first. */
        TEXT,
        /** One JSON object. */
        JSON,
        /** SARIF 2.1.0, which code scanners and their web pages read. */
        SARIF;

        /** The word of the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text (the default), json or sarif (SARIF 2.1.0)",
            defaultValue = "text")
    private OutputFormat format = OutputFormat.TEXT;

    @Parameters(
            arity = "1..*",
            paramLabel = "POLICY",
            description = "policy: plain text, or a signed message as policy load takes")
    private List<Path> files = List.of();

    PolicyLintCommand(CommandContext context) {
        super(context);
    }

    /** In JSON, one file is one object and several are one object a line, each with its file. */
    @Override
    public Integer call() throws InputException {
        PolicyTexts texts = texts();
        boolean load = true;
        List<Sarif> logs = new ArrayList<>();
        for (Path file : files) {
            try {
                PolicyFindings findings = tools().lint(texts.read(file), dialect());
                load &= findings.loads();
                print(file, findings, logs);
            } catch (PolicyException e) {
                load = false;
                texts.refused(file, e);
                logs.add(Sarif.of(file, e, tool()));
            } catch (InputException e) {
                console().badInput(e);
                logs.add(Sarif.of(file, e, tool()));
                if (format == OutputFormat.JSON) {
                    console().out().println(FindingsJson.of(file, e));
                }
            }
        }
        if (format == OutputFormat.SARIF) {
            console().out().println(Sarif.document(logs));
        }
        return console().exitCode(load ? ExitCode.OK : ExitCode.BAD_INPUT);
    }

    private void print(Path file, PolicyFindings findings, List<Sarif> logs) {
        switch (format) {
            case TEXT -> console().out().println(FindingsText.of(file, findings));
            case JSON -> console().out().println(FindingsJson.of(files.size() == 1 ? null : file, findings));
            case SARIF -> logs.add(Sarif.of(file, findings, tool()));
        }
    }

    private Sarif.Tool tool() {
        Path page = context().home().directory().resolve("share/doc/policy-tools.md");
        return new Sarif.Tool(
                context().bundles().getBundle().getVersion().toString(),
                page.toAbsolutePath().toUri());
    }
}
