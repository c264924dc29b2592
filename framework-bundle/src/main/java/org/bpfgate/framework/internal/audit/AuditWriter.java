package org.bpfgate.framework.internal.audit;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bpfgate.audit.AuditRecord;
import org.bpfgate.framework.internal.log.FaultLog;
import org.jspecify.annotations.Nullable;

/** The thread between those who decide and one file. */
final class AuditWriter implements AutoCloseable {
    /** How many records may wait: the backlog that distributions give the kernel's audit ({@code auditctl -b 8192}). */
    static final int BACKLOG = 8192;

    /** Bytes after which a batch is written although more records wait. */
    private static final int BATCH = 1 << 16;

    private static final Logger LOG = System.getLogger("org.bpfgate.audit");

    private final FaultLog unworded = new FaultLog(LOG);
    private final Queue<Stamped> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Losses lost;
    private final AuditFile file;
    private final AuditFormat format;
    private final Thread thread;
    private volatile boolean closing;
    private long sequence;
    private long lostAndSaid;
    private boolean failing;

    private AuditWriter(AuditFile file, AuditFormat format, Losses lost) {
        this.file = file;
        this.format = format;
        this.lost = lost;
        this.lostAndSaid = lost.count();
        this.thread = new Thread(this::run, "bpfgate-audit");
        thread.setDaemon(true);
    }

    /**
     * Starts writing.
     *
     * @param file where to; closed by this writer
     * @param lost told of what is lost
     */
    static AuditWriter start(AuditFile file, AuditFormat format, Losses lost) {
        AuditWriter writer = new AuditWriter(file, format, lost);
        writer.thread.start();
        return writer;
    }

    /** Takes a record; returns false, and counts it, when there is no room for it. */
    boolean offer(AuditRecord record) {
        // In this order: a writer that has seen nothing wait while it closes takes nothing more.
        if (waiting.incrementAndGet() > BACKLOG || closing) {
            waiting.decrementAndGet();
            lost.add(
                    1,
                    closing
                            ? "is closed"
                            : "does not take records as fast as they come: more than " + BACKLOG + " wait");
            return false;
        }
        queue.add(new Stamped(Instant.now(), record));
        LockSupport.unpark(thread);
        return true;
    }

    /** Returns how many records wait. */
    int waiting() {
        return waiting.get();
    }

    /** Waits until nothing waits any more; returns false when that takes longer. */
    boolean flush(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (waiting.get() > 0) {
            if (System.nanoTime() - end >= 0 || !thread.isAlive()) {
                return false;
            }
            LockSupport.parkNanos(100_000);
        }
        return true;
    }

    /** Writes what waits, as long as that takes, and ends. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        try (file) {
            while (!closing || waiting.get() > 0) {
                writeBatch();
                if (queue.isEmpty() && !closing) {
                    LockSupport.park(this);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the audit file does not close", e);
        }
    }

    /** Those who flush wait for the records of a batch until it is written. */
    private void writeBatch() {
        int taken = 0;
        int lines = 0;
        sayWhatWasLost();
        for (Stamped next = queue.poll(); next != null; next = file.pending() < BATCH ? queue.poll() : null) {
            taken++;
            lines += add(next);
        }
        write(lines);
        waiting.addAndGet(-taken);
    }

    private void sayWhatWasLost() {
        long now = lost.count();
        if (now > lostAndSaid) {
            lostAndSaid = now;
            add(new Stamped(Instant.now(), new LostRecords(now)));
        }
    }

    /** Returns how many lines that are; a record that cannot be worded counts as lost. */
    private int add(Stamped stamped) {
        byte @Nullable [] line;
        try {
            line = format.line(stamped, sequence + 1).orElse(null);
        } catch (RuntimeException e) {
            unworded.fault("an audit record cannot be worded: " + e, e);
            lost.add(1, "lacks a record that cannot be worded: " + e);
            return 0;
        }
        if (line == null) {
            return 0;
        }
        sequence++;
        file.add(line);
        return 1;
    }

    private void write(int lines) {
        if (file.pending() == 0) {
            return;
        }
        try {
            file.write();
            failing = false;
        } catch (IOException e) {
            lost.add(lines, "cannot be written: " + e.getMessage());
            if (!failing) {
                LOG.log(Level.ERROR, "audit records are lost: " + e.getMessage());
            }
            failing = true;
        }
    }
}
