package org.bpfgate.framework.internal.log;

import java.util.function.Supplier;

/** Work after which nothing is recorded: what a module hands to the audit sink on the thread of such work is dropped. */
public final class DryRun {
    private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

    private DryRun() {}

    /** Runs work of which no record is kept. */
    public static <T> T run(Supplier<T> work) {
        boolean around = HERE.get();
        HERE.set(true);
        try {
            return work.get();
        } finally {
            HERE.set(around);
        }
    }

    /** Returns whether this thread is in such work. */
    public static boolean isHere() {
        return HERE.get();
    }
}
