package org.bpfgate.allowlist;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how far the making of a list is, now and then, on the thread that makes it. */
@ConsumerType
public interface ListProgress {
    /**
     * Lists are being read.
     *
     * @param bytes how much of them was read, about
     * @param total how long all of them are
     */
    void read(long bytes, long total);

    /** All is read; the new list is being sorted and written. */
    void writing();
}
