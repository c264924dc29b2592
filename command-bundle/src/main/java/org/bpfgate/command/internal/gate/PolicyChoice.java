package org.bpfgate.command.internal.gate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bpfgate.command.internal.context.Home;
import org.bpfgate.command.internal.io.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say which policy decides, and whether what it denies is denied. */
public final class PolicyChoice {
    @ArgGroup
    private @Nullable Source source;

    @Option(names = "--permissive", description = "decide and record, but deny nothing")
    private boolean permissive;

    @Option(names = "--success-audit", description = "record what is allowed too")
    private boolean successAudit;

    /** One of the two. */
    private static final class Source {
        @Option(
                names = "--policy",
                paramLabel = "FILE",
                description = "IPE policy to decide by (default: the installation's conf/policy.ipe)")
        private @Nullable Path policy;

        @Option(
                names = "--state",
                paramLabel = "DIR",
                description = "decide by the active policy of this directory, which 'bpfgate policy' manages")
        private @Nullable Path state;
    }

    /** Tells the policy module. */
    public void configure(Gate gate, Home home) throws InputException {
        Map<String, Object> properties = new HashMap<>();
        if (source != null && source.state != null) {
            properties.put("state", source.state.toString());
        } else {
            Path policy = source == null ? null : source.policy;
            properties.put("policy", (policy == null ? home.conf("policy.ipe") : policy).toString());
        }
        properties.put("enforce", !permissive);
        properties.put("success_audit", successAudit);
        gate.usePolicy(properties);
    }
}
