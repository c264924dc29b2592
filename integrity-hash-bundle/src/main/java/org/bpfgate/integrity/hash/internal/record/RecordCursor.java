package org.bpfgate.integrity.hash.internal.record;

import java.io.Closeable;
import java.io.IOException;

/** Records in ascending order, read one by one. For one thread. */
public interface RecordCursor extends Closeable {
    /**
     * Goes to the next record.
     *
     * @return whether there is one
     */
    boolean advance() throws IOException;

    /** Returns the {@value IndexRecord#SIZE} bytes of the record that {@link #advance} went to; they change with the next call. */
    byte[] head();
}
