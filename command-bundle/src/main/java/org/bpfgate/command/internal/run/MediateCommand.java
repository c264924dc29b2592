package org.bpfgate.command.internal.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.gate.AuditOptions;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.gate.TrustOptions;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.Mediator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code run} and {@code learn} share: a command under the gate, whose exit code is theirs. */
public abstract class MediateCommand implements Callable<Integer>, StartsCommand {
    /** The {@code service.pid} of the bundle that mediates. */
    private static final String KERNEL = "org.bpfgate.kernel";

    final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    TrustOptions trust = new TrustOptions();

    @Mixin
    AuditOptions audit = new AuditOptions();

    @Option(
            names = "--confine",
            description = "run the command in a pid namespace of its own and without the capabilities to trace"
                    + " processes, load kernel modules or reach hardware; its descendants end with it (takes root)")
    private boolean confined;

    @Option(
            names = "--wait-descendants",
            description = "when the command has ended, keep the gate until all processes that it started have ended,"
                    + " such as daemons; a signal ends the wait. Without it their loads fail from then on")
    private boolean waitsForDescendants;

    @Option(
            names = "--probes",
            paramLabel = "FILE",
            description = "recognise the feature probes of this list, not of the one that ships, unless the list says"
                    + " include=shipped (docs/feature-probes.md)")
    private @Nullable Path probes;

    @Parameters(
            arity = "1..*",
            paramLabel = "CMD",
            description = "the command and its arguments; put -- before it when it has options")
    List<String> words = List.of();

    private boolean notRun;

    MediateCommand(CommandContext context) {
        this.context = context;
    }

    /** Returns whether the last command was not started, whatever the reason. */
    final boolean wasNotRun() {
        return notRun;
    }

    /** Prepares the stack of modules as the options say. */
    final Gate prepare() throws InputException {
        if (confined && waitsForDescendants) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--wait-descendants does not go with --confine, which ends descendants");
        }
        Gate gate = new Gate(context, "hornet", "native", "allowlist");
        gate.readOnce();
        trust.configure(gate, context.home(), context.console());
        audit.open(gate);
        if (probes != null) {
            gate.configure(KERNEL, Map.of("probes", probes.toString()));
        }
        return gate;
    }

    /**
     * Runs the command.
     *
     * @return its exit code, or that of env(1) when it was not run
     */
    final int mediate(boolean permissive, MediationListener listener) throws InterruptedException {
        Mediator mediator = context.service(Mediator.class);
        try {
            MediatedCommand command = new MediatedCommand(words, permissive, confined, waitsForDescendants);
            return mediator.run(command, new DescendantNotice(words.getFirst(), listener, context.console()));
        } catch (MediationException e) {
            notRun = true;
            context.console().error(String.valueOf(e.getMessage()));
            return ExitCode.of(e);
        } finally {
            audit.finish(context);
        }
    }
}
