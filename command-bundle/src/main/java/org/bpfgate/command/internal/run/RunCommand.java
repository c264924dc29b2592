package org.bpfgate.command.internal.run;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfgate run}: an unmodified command whose loads the policy decides on. */
@Command(name = "run", description = "Run a command; only programs that the policy lets in enter the kernel.")
public final class RunCommand extends MediateCommand {
    /** Commands such as the creation of a map the kernel refuses without the gate: it never hears of them. */
    private static final String RIGHTLESS =
            "the command was started without CAP_BPF (or CAP_SYS_ADMIN), and no load was"
                    + " seen: without them the kernel refuses most commands of bpf(2), such as MAP_CREATE, with EPERM;"
                    + " \"bpfgate doctor -- COMMAND\" tells which";

    private static final String GATE = "--gate";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "IPE policy to decide by (default: the installation's conf/policy.ipe)")
    private @Nullable Path policy;

    @Option(names = "--permissive", description = "decide and tell, but block and alter nothing")
    private boolean permissive;

    @Option(
            names = GATE,
            description =
                    "have the running gate decide, by its own settings: this process becomes the command, as by \"bpfgate exec\"")
    private boolean asksGate;

    @Spec
    private CommandSpec spec;

    RunCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws InputException, InterruptedException {
        if (asksGate) {
            requireNoOther();
            return new Becoming(context).become(words);
        }
        Path file = policy == null ? context.home().conf("policy.ipe") : policy;
        Supplier<PolicyInUse> begun = PolicyInUse.begin(context, file);
        Gate gate = prepare();
        gate.usePolicy(file);
        PolicyInUse inUse = begun.get();
        inUse.warnings().forEach(context.console()::warning);
        LoadCount count = new LoadCount(permissive, inUse);
        int code = mediate(permissive, count);
        if (!audit.isGiven() && count.any()) {
            context.console().error(count.toString());
        }
        count.refusals().forEach(context.console()::error);
        if (code != ExitCode.OK && !wasNotRun() && !count.any() && OwnRights.lackBpf(Path.of("/proc/self/status"))) {
            context.console().note(RIGHTLESS);
        }
        return code;
    }

    /** What decides, and where it is recorded, is the running gate's own. */
    private void requireNoOther() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!option.longestName().equals(GATE)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option.longestName() + " does not go with " + GATE
                                + ": the running gate decides by its own settings");
            }
        }
    }
}
