package org.bpfgate.integrity.hash.index.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** Several cursors as one, in which each digest comes once. */
final class MergedDigests implements DigestCursor {
    private final PriorityQueue<DigestCursor> queue =
            new PriorityQueue<>((one, other) -> Arrays.compareUnsigned(one.head(), other.head()));
    private final List<DigestCursor> all;
    private final byte[] head = new byte[Block.DIGEST];

    /** Takes over the cursors, and closes them when it is closed. */
    MergedDigests(List<DigestCursor> cursors) throws IOException {
        all = List.copyOf(cursors);
        for (DigestCursor cursor : all) {
            offer(cursor);
        }
    }

    private void offer(DigestCursor cursor) throws IOException {
        if (cursor.advance()) {
            queue.add(cursor);
        }
    }

    @Override
    public boolean advance() throws IOException {
        DigestCursor least = queue.poll();
        if (least == null) {
            return false;
        }
        System.arraycopy(least.head(), 0, head, 0, head.length);
        offer(least);
        skipEqual();
        return true;
    }

    private void skipEqual() throws IOException {
        DigestCursor least = queue.peek();
        while (least != null && Arrays.equals(least.head(), head)) {
            queue.poll();
            offer(least);
            least = queue.peek();
        }
    }

    @Override
    public byte[] head() {
        return head;
    }

    @Override
    public void close() throws IOException {
        for (DigestCursor cursor : all) {
            cursor.close();
        }
    }
}
