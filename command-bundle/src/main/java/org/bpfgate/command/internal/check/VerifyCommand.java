package org.bpfgate.command.internal.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.ProgramDecision;
import org.bpfgate.command.internal.gate.Requester;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.report.Report;
import org.bpfgate.settings.NearestWord;
import org.bpfgate.stack.ModuleStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code bpfgate verify}: what does each verifier say of these programs? No policy takes part. With {@code --require} only the named
 * verifiers are asked, and all of them must say OK.
 */
@Command(name = "verify", description = "Print each verifier's verdict on programs, without a policy.")
public final class VerifyCommand extends DecideCommand {
    @Option(
            names = "--require",
            paramLabel = "VERIFIER",
            split = ",",
            description =
                    "print these verifiers only, such as hornet or hornet,native, and exit with 0 only when each of them says"
                            + " OK (default: all are printed, and one OK is enough)")
    private Set<String> required = new LinkedHashSet<>();

    @Spec
    private CommandSpec spec;

    VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException {
        Gate gate = new Gate(context, "hornet", "native", "allowlist");
        options.configure(gate, context.home(), context.console());
        requireKnown(gate.stack());
        Console console = context.console();
        List<ProgramDecision> decisions = decideAll(gate, console, Requester.NOBODY);
        if (!required.isEmpty()) {
            decisions = decisions.stream().map(all -> all.byVerifiers(required)).toList();
        }
        List<ProgramDecision> printed = decisions.stream()
                .filter(decided -> !shown.isQuiet() || exitCode(decided) != ExitCode.OK)
                .toList();
        Report.of(format.format(), shown.style()).verdicts(gate.stack(), printed, console);
        decisions.forEach(this::tellSilence);
        int worst = decisions.stream().mapToInt(this::exitCode).max().orElse(ExitCode.OK);
        return console.exitCode(worst);
    }

    private int exitCode(ProgramDecision decided) {
        return required.isEmpty() ? decided.verifyExitCode() : decided.verifyExitCode(required);
    }

    /** A mistyped name would require nothing, or what never is. */
    private void requireKnown(ModuleStack stack) {
        List<String> known =
                stack.modules().stream().map(module -> module.lsm().name()).toList();
        for (String name : required) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--require: there is no verifier '" + name + "'"
                                + NearestWord.of(name, known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("")
                                + " (there are " + String.join(", ", known) + ")");
            }
        }
    }

    /** No verdict is no line of the report, and yet the reason of the exit code. */
    private void tellSilence(ProgramDecision decided) {
        for (String silent : decided.silent(required)) {
            context.console()
                    .error(decided.program().label() + ": " + silent + " is required and reported nothing"
                            + (silent.equals("allowlist") ? ": there is no list (--allowlist)" : ""));
        }
    }
}
