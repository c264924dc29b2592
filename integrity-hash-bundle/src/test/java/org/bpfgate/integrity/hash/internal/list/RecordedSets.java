package org.bpfgate.integrity.hash.internal.list;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stands where the module does, and keeps what is published. */
public final class RecordedSets implements Consumer<@Nullable ListSet> {
    private @Nullable ListSet last;
    private int publications;

    @Override
    public void accept(@Nullable ListSet lists) {
        last = lists;
        publications++;
    }

    public ListSet last() {
        return Objects.requireNonNull(last);
    }

    public int publications() {
        return publications;
    }
}
