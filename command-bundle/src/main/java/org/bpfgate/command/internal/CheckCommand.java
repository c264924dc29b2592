package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate check}: would these programs be let in, and why? */
@Command(name = "check", description = "Decide whether programs would be let in, and say why.")
final class CheckCommand extends DecideCommand {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "IPE policy to decide by (default: the installation's conf/policy.ipe)")
    private @Nullable Path policy;

    @Override
    public Integer call() throws InputException {
        Gate gate = new Gate(bpfgate.context(), "hornet", "native", "allowlist");
        Home home = Home.of(bpfgate.context());
        options.configure(gate, home);
        gate.usePolicy(policy == null ? home.conf("policy.ipe") : policy);
        Console console = bpfgate.console();
        List<Decided> decisions = decideAll(gate, console);
        Report.of(format).decisions(gate.stack(), decisions, console.out());
        boolean allAllowed =
                decisions.stream().allMatch(decided -> decided.decision().isAllow());
        return console.exitCode(allAllowed ? ExitCode.OK : ExitCode.DENIED);
    }
}
