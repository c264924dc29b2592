package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.ExitCode;
import org.bpfgate.command.internal.context.FormatOption;
import org.bpfgate.command.internal.gate.AuditOptions;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.LoadedPolicy;
import org.bpfgate.policy.PolicyAdmin;
import org.bpfgate.policy.PolicyException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the verbs share that manage the policies in a state directory: one request, and its outcome printed. */
abstract class StateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "where the policies are kept (default: ${DEFAULT-VALUE})",
            defaultValue = "/var/lib/bpfgate/policy")
    private Path state;

    @Option(
            names = "--trust",
            paramLabel = "PATH",
            description = "certificates to trust, PEM or DER: a file, or a directory of them; policies are signed by"
                    + " those of its sub-directories builtin, secondary and platform")
    private @Nullable List<Path> trust;

    @Mixin
    private FormatOption format = new FormatOption();

    @Mixin
    private AuditOptions audit = new AuditOptions();

    StateCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Makes the request.
     *
     * @return the policies that it was about
     * @throws PolicyException when it is refused
     * @throws InputException when a file that it needs cannot be read
     */
    abstract List<LoadedPolicy> request(PolicyAdmin admin) throws PolicyException, InputException;

    /** Tells people what was done to a policy; a line without its end. */
    abstract String describe(LoadedPolicy policy);

    /** Returns what a refusal is about: the file that was given, or the name. */
    abstract String subject();

    /** Returns whether plain text may be loaded. */
    boolean allowsUnsigned() {
        return false;
    }

    @Override
    public final Integer call() throws InputException {
        Gate gate = new Gate(context);
        gate.trustSigners(context.home().orInstalled(trust, "trust"), context.console());
        audit.open(gate);
        gate.usePolicy(Map.of("state", state.toString(), "unsigned", allowsUnsigned()));
        PolicyReport report = new PolicyReport(format.format(), context.console());
        try {
            report.done(request(context.service(PolicyAdmin.class)), this::describe);
            return ExitCode.OK;
        } catch (PolicyException e) {
            report.refused(isOfState(e) ? "" : subject(), e);
            return ExitCode.BAD_INPUT;
        } finally {
            audit.finish(context);
        }
    }

    /** A refusal that begins with the state directory is about that directory, whatever policy was asked about. */
    private boolean isOfState(PolicyException refusal) {
        return String.valueOf(refusal.getMessage()).startsWith(state.toString());
    }
}
