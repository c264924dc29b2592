package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.fix.FixCommands;
import org.bpfgate.command.internal.fix.ListingFix;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.GateOptions;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.ProgramDecisions;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.gate.RequesterOption;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.ProgramExplanation;
import org.bpfgate.command.internal.report.Report;
import org.bpfgate.command.internal.report.ReportOptions;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyExplanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfgate policy explain}: how does the policy come to its decision on these programs? */
@Command(
        name = "explain",
        description = "Try every rule of a policy on programs, and say what would let them in.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every program would be let in",
            "10:a program would be denied",
            "3:the policy does not load, or a file cannot be read"
        })
final class PolicyExplainCommand extends PolicyToolCommand {
    @Mixin
    private GateOptions options = new GateOptions();

    @Mixin
    private RequesterOption requester = new RequesterOption();

    @Mixin
    private ReportOptions shown = new ReportOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Parameters(index = "0", paramLabel = "POLICY", description = "policy: plain text, or signed")
    private Path file;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PROGRAM",
            description =
                    "raw instructions (.insns, .bin), ELF object (.o), light skeleton (.lskel.h), or a directory of them")
    private List<Path> programs = List.of();

    PolicyExplainCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException {
        Requester who = requester.requester(context().home());
        Gate gate = new Gate(context(), "hornet", "native", "allowlist");
        options.configure(gate, context().home(), console());
        List<ProgramDecision> decisions = new ProgramDecisions(gate, options, console(), who).on(programs);
        try {
            byte[] policy = tools().text(BoundedFile.read(file, PolicyLoadCommand.LIMIT));
            return report(gate, explain(policy, decisions));
        } catch (PolicyException e) {
            new PolicyReport(format.format(), console()).refused(file.toString(), e);
            return ExitCode.BAD_INPUT;
        }
    }

    private List<ProgramExplanation> explain(byte[] policy, List<ProgramDecision> decisions) throws PolicyException {
        ListingFix listing = new ListingFix(
                options, context().service(AllowlistCompiler.class), console().input());
        FixCommands commands = new FixCommands(options, decisions, listing);
        List<ProgramExplanation> explained = new ArrayList<>();
        for (ProgramDecision decided : decisions) {
            PolicyExplanation explanation = tools().explain(policy, dialect(), decided.load(), decided.decision());
            explained.add(new ProgramExplanation(decided, explanation, commands.of(decided, explanation)));
        }
        return explained;
    }

    private int report(Gate gate, List<ProgramExplanation> all) {
        Report.of(format.format(), shown.style()).explanations(gate.stack(), shown.shownExplanations(all), console());
        return console().exitCode(all.stream().allMatch(ProgramExplanation::allows) ? ExitCode.OK : ExitCode.DENIED);
    }
}
