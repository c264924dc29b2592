package org.bpfgate.serve.internal.module;

import java.util.function.IntConsumer;

/** How many listeners one user may have, for whoever takes listeners, who may come later than the setting. Safe for use by several threads. */
final class ListenerLimit {
    /** Two threads and some 230 kB each: 60 MB for one user, and many times what services of one user need. */
    static final int DEFAULT = 256;

    private int most = DEFAULT;
    private IntConsumer consumer = none -> {};

    synchronized void set(int limit) {
        most = limit;
        consumer.accept(most);
    }

    /** The last one counts. */
    synchronized void to(IntConsumer taking) {
        consumer = taking;
        taking.accept(most);
    }
}
