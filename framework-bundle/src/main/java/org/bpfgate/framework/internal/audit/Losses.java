package org.bpfgate.framework.internal.audit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the records that are lost, and keeps why the last ones were. Safe for use by several threads; never waits. */
final class Losses {
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());

    /**
     * Counts records.
     *
     * @param why to follow the name of the file, such as {@code cannot be written: No space left on device}
     */
    void add(long records, String why) {
        // The count last: whoever sees it has the reason.
        reason.set(Optional.of(why));
        count.addAndGet(records);
    }

    /** Returns how many were lost. */
    long count() {
        return count.get();
    }

    /** Returns why the last ones were; empty when none was. */
    Optional<String> reason() {
        return reason.get();
    }
}
