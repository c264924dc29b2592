package org.bpfgate.benchmarks.allowlist;

import java.lang.management.ManagementFactory;

/** How much of the Java heap is in use. */
final class Heap {
    /** One collection frees what is only softly and weakly held in steps. */
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /** Returns bytes after full collections. */
    static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
