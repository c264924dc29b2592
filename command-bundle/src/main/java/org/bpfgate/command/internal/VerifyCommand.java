package org.bpfgate.command.internal;

import java.util.List;
import org.bpfgate.command.read.internal.InputException;
import picocli.CommandLine.Command;

/** {@code bpfgate verify}: what does each verifier say of these programs? No policy takes part. */
@Command(name = "verify", description = "Print each verifier's verdict on programs, without a policy.")
final class VerifyCommand extends DecideCommand {
    @Override
    public Integer call() throws InputException {
        Gate gate = new Gate(bpfgate.context(), "hornet", "native", "allowlist");
        options.configure(gate, Home.of(bpfgate.context()), bpfgate.console());
        Console console = bpfgate.console();
        List<Decided> decisions = decideAll(gate, console, Requester.NOBODY);
        Report.of(format).verdicts(gate.stack(), decisions, console.out());
        int worst = decisions.stream().mapToInt(Decided::verifyExitCode).max().orElse(ExitCode.OK);
        return console.exitCode(worst);
    }
}
