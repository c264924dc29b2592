package org.bpfgate.command.internal.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.command.internal.context.CommandContext;
import org.bpfgate.command.internal.context.Console;
import org.bpfgate.command.internal.io.InputException;
import org.bpfgate.command.internal.io.OutputException;
import org.bpfgate.command.internal.io.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where audit records go. */
public final class AuditOptions {
    private static final String PID = "org.bpfgate.audit";

    /** How long the end of a command waits for the disk at most. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "append audit records to FILE; - prints them when the command has ended")
    private @Nullable Path file;

    /** Where records wait that are to be printed. */
    private @Nullable Path draft;

    @Option(
            names = "--audit-format",
            paramLabel = "FORMAT",
            description = "json (the default), or kernel: as the kernel words its audit records",
            defaultValue = "json")
    private String format = "json";

    /** The sink's own log, which is for containers: here what it says is asked for at the end. Kept, as the JDK forgets it otherwise. */
    private @Nullable Logger silenced;

    /** Returns whether records are kept. */
    public boolean isGiven() {
        return file != null;
    }

    /** Opens the file. */
    public void open(Gate gate) throws InputException {
        if (file != null) {
            Path target = OutputFile.isStandardOutput(file) ? draft() : file;
            silenced = Logger.getLogger(PID);
            silenced.setLevel(Level.OFF);
            gate.configure(PID, Map.of("file", target.toString(), "format", format));
        }
    }

    private Path draft() throws InputException {
        try {
            Path made = Files.createTempFile("bpfgate-audit-", ".log");
            made.toFile().deleteOnExit();
            draft = made;
            return made;
        } catch (IOException e) {
            throw new InputException("no temporary file for audit records: " + e.getMessage());
        }
    }

    /**
     * Waits until the records are written. Records that are lost are told in one line, and fail the command unless its exit code is that
     * of another command.
     */
    public void finish(CommandContext context) {
        Console console = context.console();
        if (file != null) {
            AuditSink sink = context.service(AuditSink.class);
            if (!sink.flush(LONGEST)) {
                console.failure(file + ": "
                        + sink.failure().orElse("not every record was written within " + LONGEST.toSeconds() + " s"));
            }
        }
        if (draft != null) {
            print(draft, console);
            draft = null;
        }
    }

    private static void print(Path records, Console console) {
        try (InputStream in = Files.newInputStream(records)) {
            in.transferTo(console.bytes());
            Files.delete(records);
        } catch (OutputException e) {
            // The console tells it at the end.
        } catch (IOException e) {
            console.failure("audit records cannot be printed: " + e.getMessage());
        }
    }
}
