package org.bpfgate.integrity.hash.internal;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stands where the module does, and keeps what is published. */
final class RecordedSets implements Consumer<@Nullable ListSet> {
    private @Nullable ListSet last;
    private int publications;

    @Override
    public void accept(@Nullable ListSet lists) {
        last = lists;
        publications++;
    }

    ListSet last() {
        return Objects.requireNonNull(last);
    }

    int publications() {
        return publications;
    }
}
