package org.bpfgate.audit;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where audit records go. The framework registers one such service. Safe for use by several threads, those that decide
 * among them: taking a record never waits for a disk, a lock or another thread.
 */
@ProviderType
public interface AuditSink {
    /**
     * Takes a record with the present time, and has it written by a thread of the sink's own, with a sequence number that
     * counts the records written.
     *
     * @return true when the record will be written; false when nobody keeps records, or when more are waiting than there is
     *     room for: then the record is lost, the sink counts it, and says so among the records as soon as it can write again
     */
    boolean record(AuditRecord record);

    /** Returns whether anybody keeps records; while nobody does, making one is not worth the work. */
    boolean isOpen();

    /** Returns how many records were lost since the framework started, for want of room or because writing failed. */
    long lost();

    /**
     * Returns why records were lost last, to follow the name of the place that they go to, such as {@code cannot be written: No space
     * left on device}; empty when none was lost. The sink logs it too.
     */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** Returns how many records wait to be written; when more wait than there is room for, further ones are lost. */
    default int waiting() {
        return 0;
    }

    /**
     * Waits until every record taken so far is written and handed to the operating system, as a command does before it ends.
     *
     * @param longest how long to wait at most
     * @return false when that was not long enough, or records were lost since the last call
     */
    boolean flush(Duration longest);
}
