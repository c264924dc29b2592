package org.bpfgate.command.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.command.read.internal.InputException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import picocli.CommandLine.Option;

/** The options that say where audit records go. */
final class AuditOptions {
    private static final String PID = "org.bpfgate.audit";

    /** How long the end of a command waits for the disk at most. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Option(names = "--audit", paramLabel = "FILE", description = "append audit records to FILE")
    private @Nullable Path file;

    @Option(
            names = "--audit-format",
            paramLabel = "FORMAT",
            description = "json (the default), or kernel: as the kernel words its audit records",
            defaultValue = "json")
    private String format = "json";

    /** Returns whether records are kept. */
    boolean isGiven() {
        return file != null;
    }

    /** Opens the file. */
    void open(Gate gate) throws InputException {
        if (file != null) {
            gate.configure(PID, Map.of("file", file.toString(), "format", format));
        }
    }

    /** Waits until the records are written, and says so if some are not. */
    void finish(BundleContext context, Console console) {
        if (file != null && !Services.get(context, AuditSink.class, null).flush(LONGEST)) {
            console.error(file + ": not every record was written");
        }
    }
}
