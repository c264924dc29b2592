package org.bpfgate.integrity.hash.index.internal;

import java.io.Closeable;
import java.io.IOException;

/** Digests in ascending order, read one by one. For one thread. */
interface DigestCursor extends Closeable {
    /**
     * Goes to the next digest.
     *
     * @return whether there is one
     */
    boolean advance() throws IOException;

    /** Returns the digest that {@link #advance} went to; its bytes change with the next call. */
    byte[] head();
}
