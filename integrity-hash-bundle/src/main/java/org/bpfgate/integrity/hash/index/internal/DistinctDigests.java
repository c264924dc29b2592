package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;

/** A cursor that stops once at each digest, however many names it has. */
final class DistinctDigests implements RecordCursor {
    private final RecordCursor all;
    private final byte[] digest = new byte[IndexRecord.SIZE];
    private boolean begun;

    /** Takes the cursor over, and closes it when it is closed. */
    DistinctDigests(RecordCursor all) {
        this.all = all;
    }

    @Override
    public boolean advance() throws IOException {
        boolean more = all.advance();
        while (more && begun && IndexRecord.hasSameDigest(all.head(), digest)) {
            more = all.advance();
        }
        if (more) {
            System.arraycopy(all.head(), 0, digest, 0, IndexRecord.DIGEST);
            begun = true;
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
