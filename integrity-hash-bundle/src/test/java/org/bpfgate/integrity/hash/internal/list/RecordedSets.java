package org.bpfgate.integrity.hash.internal.list;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Stands where the module does, and keeps what is published. */
public final class RecordedSets implements Consumer<@Nullable AllowlistSet> {
    private @Nullable AllowlistSet last;
    private int publications;

    @Override
    public void accept(@Nullable AllowlistSet lists) {
        last = lists;
        publications++;
    }

    public AllowlistSet last() {
        return Objects.requireNonNull(last);
    }

    public int publications() {
        return publications;
    }
}
