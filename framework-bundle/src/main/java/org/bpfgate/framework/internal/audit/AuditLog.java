package org.bpfgate.framework.internal.audit;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.bpfgate.framework.internal.log.DryRun;
import org.jspecify.annotations.Nullable;

/** The audit sink of this gate: a file, or nobody, as the configuration says. */
public final class AuditLog implements AuditSink, AutoCloseable {
    private static final Logger LOG = System.getLogger("org.bpfgate.audit");

    private static final String FILE = "file";
    private static final String FORMAT = "format";

    private final Losses lost = new Losses();
    private final AtomicLong lostBeforeFlush = new AtomicLong();
    private volatile @Nullable AuditWriter writer;

    /** What {@link #writer} writes to; guarded by this. */
    private @Nullable Path path;

    private AuditFormat format = AuditFormat.JSON;

    /**
     * Writes to a file from now on; what the file before was to get is still written there.
     *
     * @throws IOException when the file cannot be opened; then nothing changes
     */
    synchronized void writeTo(Path path, AuditFormat format) throws IOException {
        AuditFile file = AuditFile.open(path);
        close();
        writer = AuditWriter.start(file, format, lost);
        this.path = path;
        this.format = format;
    }

    /** Returns where records go and in which form, for {@link #reopen}; empty when none are kept. */
    public synchronized Map<String, String> settings() {
        return path == null ? Map.of() : Map.of(FILE, path.toString(), FORMAT, format.name());
    }

    /** Writes to the file of another sink, if there is one that can be opened. */
    public void reopen(Map<String, String> settings) {
        String file = settings.get(FILE);
        if (file == null) {
            return;
        }
        try {
            writeTo(Path.of(file), AuditFormat.valueOf(settings.getOrDefault(FORMAT, "JSON")));
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "no audit records are kept, since " + file + " cannot be opened again: " + e);
        }
    }

    @Override
    public boolean record(AuditRecord record) {
        AuditWriter to = writer;
        return to != null && !DryRun.isHere() && to.offer(record);
    }

    @Override
    public boolean isOpen() {
        return writer != null && !DryRun.isHere();
    }

    @Override
    public long lost() {
        return lost.count();
    }

    @Override
    public Optional<String> failure() {
        return lost.reason();
    }

    @Override
    public int waiting() {
        AuditWriter to = writer;
        return to == null ? 0 : to.waiting();
    }

    @Override
    public boolean flush(Duration longest) {
        AuditWriter to = writer;
        boolean written = to == null || to.flush(longest);
        long now = lost.count();
        return lostBeforeFlush.getAndSet(now) == now && written;
    }

    /** Keeps no records from now on. */
    @Override
    public synchronized void close() {
        AuditWriter old = writer;
        writer = null;
        path = null;
        if (old != null) {
            old.close();
        }
    }
}
