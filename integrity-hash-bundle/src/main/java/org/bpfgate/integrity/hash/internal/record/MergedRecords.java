package org.bpfgate.integrity.hash.internal.record;

import java.io.IOException;
import java.util.List;

/**
 * Several cursors as one, in which each record comes once. The cursors that are not at their end are in a heap: the one with the least head is the first, and the two under number i have the numbers
 * 2i + 1 and 2i + 2.
 */
public final class MergedRecords implements RecordCursor {
    private final List<RecordCursor> all;
    private final RecordCursor[] heap;
    private final byte[] head = new byte[IndexRecord.SIZE];
    private int size;

    /** Takes over the cursors, and closes them when it is closed. */
    public MergedRecords(List<RecordCursor> cursors) throws IOException {
        all = List.copyOf(cursors);
        heap = new RecordCursor[all.size()];
        for (RecordCursor cursor : all) {
            if (cursor.advance()) {
                heap[size++] = cursor;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    @Override
    public boolean advance() throws IOException {
        if (size == 0) {
            return false;
        }
        take();
        while (size > 0 && IndexRecord.compare(heap[0].head(), head) == 0) {
            take();
        }
        return true;
    }

    private void take() throws IOException {
        System.arraycopy(heap[0].head(), 0, head, 0, head.length);
        if (!heap[0].advance()) {
            heap[0] = heap[--size];
        }
        sink(0);
    }

    /** Brings a cursor to its place below. */
    private void sink(int from) {
        RecordCursor sinking = heap[from];
        int at = from;
        for (int below = lesser(2 * at + 1); below < size; below = lesser(2 * at + 1)) {
            if (IndexRecord.compare(sinking.head(), heap[below].head()) <= 0) {
                break;
            }
            heap[at] = heap[below];
            at = below;
        }
        heap[at] = sinking;
    }

    private int lesser(int left) {
        int right = left + 1;
        return right < size && IndexRecord.compare(heap[right].head(), heap[left].head()) < 0 ? right : left;
    }

    @Override
    public byte[] head() {
        return head;
    }

    @Override
    public void close() throws IOException {
        for (RecordCursor cursor : all) {
            cursor.close();
        }
    }
}
