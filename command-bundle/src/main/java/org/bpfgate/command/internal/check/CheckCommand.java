package org.bpfgate.command.internal.check;

import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.control.GateException;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfgate check}: would these programs be let in, and why? */
@Command(name = "check", description = "Decide whether programs would be let in, and say why.")
public final class CheckCommand extends DecideCommand {
    /** The option that asks the running gate. */
    static final String GATE = "--gate";

    @Mixin
    private PolicyChoice policy = new PolicyChoice();

    @Mixin
    private RequesterOption requester = new RequesterOption();

    @Mixin
    private AuditOptions audit = new AuditOptions();

    @Option(
            names = GATE,
            description =
                    "ask the running gate: what it would say to these loads now. Nothing is loaded, recorded or counted")
    private boolean asksGate;

    @Spec
    private CommandSpec spec;

    CheckCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException, GateException {
        if (asksGate && !context.isGate()) {
            return new RunningGateCheck(context, spec.commandLine())
                    .ask(shown.style().colored());
        }
        Home home = context.home();
        Requester who = requester.requester(home);
        Gate gate = asksGate ? Gate.running(context) : configured(home);
        Console console = context.console();
        List<ProgramDecision> decisions = decideAll(gate, console, who);
        audit.finish(context);
        Report.of(format.format(), shown.style()).decisions(gate.stack(), shown.shown(decisions), console);
        boolean allAllowed =
                decisions.stream().allMatch(decided -> decided.decision().isAllow());
        return console.exitCode(allAllowed ? ExitCode.OK : ExitCode.DENIED);
    }

    private Gate configured(Home home) throws InputException {
        Gate gate = new Gate(context, "hornet", "native", "allowlist");
        options.configure(gate, home, context.console());
        audit.open(gate);
        policy.configure(gate, home);
        return gate;
    }
}
