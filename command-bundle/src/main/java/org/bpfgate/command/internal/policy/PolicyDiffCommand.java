package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy diff}: is there an event that one policy allows and the other denies? */
@Command(
        name = "diff",
        description = "Look for a load, or another event, that one policy allows and the other denies.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the policies decide alike on every event",
            "10:they differ",
            "1:not known, because the search took too long",
            "3:one of them does not load, or cannot be read"
        })
final class PolicyDiffCommand extends SignedPolicyCommand {
    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "POLICY", description = "policy: plain text, or signed")
    private Path first;

    @Parameters(index = "1", paramLabel = "OTHER", description = "policy to compare with it")
    private Path second;

    PolicyDiffCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException {
        PolicyTexts texts = texts();
        Path culprit = first;
        try {
            byte[] one = texts.read(first);
            culprit = second;
            byte[] other = texts.read(second);
            culprit = tools().lint(one, dialect()).loads() ? second : first;
            return report(tools().diff(one, other, dialect()));
        } catch (PolicyException e) {
            new PolicyReport(format.format(), console()).refused(culprit.toString(), e);
            return ExitCode.BAD_INPUT;
        }
    }

    private int report(PolicyDifference difference) {
        DifferenceReport report = new DifferenceReport(first, second, difference);
        console().out().println(format.isJson() ? report.json() : report.text());
        if (difference.isNone()) {
            return ExitCode.OK;
        }
        if (report.isUndecided()) {
            console()
                    .error("not known whether they differ: the search was ended, because it would have taken too long");
            return ExitCode.FAILED;
        }
        return ExitCode.DENIED;
    }
}
