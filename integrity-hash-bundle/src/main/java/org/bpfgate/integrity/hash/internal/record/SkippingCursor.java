package org.bpfgate.integrity.hash.internal.record;

import java.io.IOException;
import java.util.function.Predicate;

/** A cursor that passes over some records. */
public final class SkippingCursor implements RecordCursor {
    private final RecordCursor all;
    private final Predicate<byte[]> skipped;

    /** Takes the cursor over, and closes it when it is closed. */
    public SkippingCursor(RecordCursor all, Predicate<byte[]> skipped) {
        this.all = all;
        this.skipped = skipped;
    }

    @Override
    public boolean advance() throws IOException {
        boolean more = all.advance();
        while (more && skipped.test(all.head())) {
            more = all.advance();
        }
        return more;
    }

    @Override
    public byte[] head() {
        return all.head();
    }

    @Override
    public void close() throws IOException {
        all.close();
    }
}
