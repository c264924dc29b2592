package org.bpfgate.audit.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.audit.AuditSink;
import org.jspecify.annotations.Nullable;

/** The audit sink of this gate: a file, or nobody, as the configuration says. */
public final class AuditLog implements AuditSink, AutoCloseable {
    private final Losses lost = new Losses();
    private final AtomicLong lostBeforeFlush = new AtomicLong();
    private volatile @Nullable AuditWriter writer;

    /**
     * Writes to a file from now on; what the file before was to get is still written there.
     *
     * @throws IOException when the file cannot be opened; then nothing changes
     */
    synchronized void writeTo(Path path, AuditFormat format) throws IOException {
        AuditFile file = AuditFile.open(path);
        close();
        writer = AuditWriter.start(file, format, lost);
    }

    @Override
    public boolean record(AuditRecord record) {
        AuditWriter to = writer;
        return to != null && to.offer(record);
    }

    @Override
    public boolean isOpen() {
        return writer != null;
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
        if (old != null) {
            old.close();
        }
    }
}
