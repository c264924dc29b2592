package org.bpfgate.command.internal.check;

import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.gate.AuditOptions;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.PolicyChoice;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.gate.RequesterOption;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bpfgate check}: would these programs be let in, and why? */
@Command(name = "check", description = "Decide whether programs would be let in, and say why.")
public final class CheckCommand extends DecideCommand {
    @Mixin
    private PolicyChoice policy = new PolicyChoice();

    @Mixin
    private RequesterOption requester = new RequesterOption();

    @Mixin
    private AuditOptions audit = new AuditOptions();

    CheckCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException {
        Home home = context.home();
        Requester who = requester.requester(home);
        Gate gate = new Gate(context, "hornet", "native", "allowlist");
        options.configure(gate, home, context.console());
        audit.open(gate);
        policy.configure(gate, home);
        Console console = context.console();
        List<ProgramDecision> decisions = decideAll(gate, console, who);
        audit.finish(context);
        Report.of(format.format(), shown.style()).decisions(gate.stack(), shown.shown(decisions), console);
        boolean allAllowed =
                decisions.stream().allMatch(decided -> decided.decision().isAllow());
        return console.exitCode(allAllowed ? ExitCode.OK : ExitCode.DENIED);
    }
}
