package org.bpfgate.integrity.hash.internal.record;

/** Reads a run that is in memory. */
final class RunCursor implements RecordCursor {
    private final byte[] records;
    private final int end;
    private final int width;
    private final byte[] head = new byte[IndexRecord.SIZE];
    private int next;

    /**
     * Begins with the first record.
     *
     * @param width bytes of each record in the run; the others are zeros
     */
    RunCursor(RecordRun run, int width) {
        records = run.sorted();
        end = run.bytes();
        this.width = width;
    }

    @Override
    public boolean advance() {
        if (next == end) {
            return false;
        }
        System.arraycopy(records, next, head, 0, width);
        next += width;
        return true;
    }

    @Override
    public byte[] head() {
        return head;
    }

    @Override
    public void close() {}
}
