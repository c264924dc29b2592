package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.util.function.Predicate;

/** A cursor that passes over some records. */
final class WithoutRemoved implements RecordCursor {
    private final RecordCursor all;
    private final Predicate<byte[]> removed;

    /** Takes the cursor over, and closes it when it is closed. */
    WithoutRemoved(RecordCursor all, Predicate<byte[]> removed) {
        this.all = all;
        this.removed = removed;
    }

    @Override
    public boolean advance() throws IOException {
        boolean more = all.advance();
        while (more && removed.test(all.head())) {
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
