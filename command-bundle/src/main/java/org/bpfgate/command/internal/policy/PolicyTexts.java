package org.bpfgate.command.internal.policy;

import java.nio.file.Path;
import java.util.List;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Format;
import org.bpfgate.command.internal.gate.Gate;
import org.bpfgate.command.internal.io.BoundedFile;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyTools;
import org.jspecify.annotations.Nullable;

/** Reads policies as {@code policy load} does: plain text as it is, and the content of signed messages after verifying them. */
final class PolicyTexts {
    private final CommandContext context;
    private final @Nullable List<Path> trust;
    private boolean configured;

    /**
     * Makes a reader.
     *
     * @param trust who signs policies; null for those whom the installation trusts
     */
    PolicyTexts(CommandContext context, @Nullable List<Path> trust) {
        this.context = context;
        this.trust = trust;
    }

    /**
     * Reads a policy.
     *
     * @return the text
     * @throws InputException when the file cannot be read
     * @throws PolicyException when it is a signed message that {@code policy load} would refuse
     */
    byte[] read(Path file) throws InputException, PolicyException {
        byte[] bytes = BoundedFile.read(file, PolicyLoadCommand.LIMIT);
        PolicyTools tools = context.service(PolicyTools.class);
        if (!configured && (trust != null || tools.isSigned(bytes))) {
            new Gate(context).trustSigners(context.home().orInstalled(trust, "trust"), context.console());
            configured = true;
        }
        return tools.text(bytes);
    }

    /** Tells that a message was refused. */
    void refused(Path file, PolicyException refusal) {
        new PolicyReport(Format.TEXT, context.console()).refused(file.toString(), refusal);
    }
}
