package org.bpfgate.command.internal;

import java.nio.file.Path;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfgate run}: an unmodified command whose loads the policy decides on. */
@Command(name = "run", description = "Run a command; only programs that the policy lets in enter the kernel.")
final class RunCommand extends MediateCommand {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "IPE policy to decide by (default: the installation's conf/policy.ipe)")
    private @Nullable Path policy;

    @Option(names = "--permissive", description = "decide and tell, but block and alter nothing")
    private boolean permissive;

    @Override
    public Integer call() throws InputException, InterruptedException {
        Gate gate = prepare();
        gate.usePolicy(policy == null ? Home.of(bpfgate.context()).conf("policy.ipe") : policy);
        LoadCount count = new LoadCount(permissive);
        int code = mediate(permissive, count);
        if (!audit.isGiven() && count.any()) {
            bpfgate.console().error(count.toString());
        }
        count.refusals().forEach(bpfgate.console()::error);
        return code;
    }
}
