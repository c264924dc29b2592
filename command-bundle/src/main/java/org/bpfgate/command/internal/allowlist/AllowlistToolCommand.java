package org.bpfgate.command.internal.allowlist;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bpfgate.allowlist.AllowlistCompiler;
import org.bpfgate.allowlist.ListException;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the verbs about lists share: who signs manifests, how results are printed, and how a list that cannot be used is told. */
abstract class AllowlistToolCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private FormatOption format = new FormatOption();

    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "certificates of those who sign manifests, PEM or DER")
    private @Nullable List<Path> trust;

    AllowlistToolCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Does the work.
     *
     * @return the exit code
     */
    abstract int run(AllowlistCompiler compiler) throws ListException, InputException;

    final boolean isJson() {
        return format.isJson();
    }

    /** Returns the digests of the arguments; what is none is wrong usage. */
    final Set<ProgramDigest> digests(List<String> arguments) {
        return DigestArgument.all(arguments, spec.commandLine());
    }

    /** Makes the error for wrong usage. */
    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    final Console console() {
        return context.console();
    }

    @Override
    public final Integer call() throws InputException {
        new Gate(context).trustSigners(context.home().orInstalled(trust, "trust"), context.console());
        try {
            return run(context.service(AllowlistCompiler.class));
        } catch (ListException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }
}
