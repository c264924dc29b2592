package org.bpfgate.benchmarks.change;

import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Two versions of one required module that replace each other while loads go on without pause. */
final class Replacements {
    private final StackAdmin admin;
    private final LoadClient client;
    private final Bundle[] versions;

    /**
     * Replaces nothing yet.
     *
     * @param client asks already
     * @param versions two; the first is in charge
     */
    Replacements(StackAdmin admin, LoadClient client, Bundle... versions) {
        this.admin = admin;
        this.client = client;
        this.versions = versions;
    }

    /**
     * What happened.
     *
     * @param during the longest load of each replacement
     * @param without the longest load of a time as long, right after each replacement
     * @param took each replacement as a whole
     */
    record Observed(Durations during, Durations without, Durations took) {}

    /**
     * Replaces one by the other.
     *
     * @param count how often; even, so that the first version is in charge again afterwards
     */
    Observed replace(int count) throws BundleException {
        long[] during = new long[count];
        long[] without = new long[count];
        long[] took = new long[count];
        for (int i = 0; i < count; i++) {
            client.takeLongest();
            long start = System.nanoTime();
            admin.replace(versions[i % 2], versions[1 - i % 2]);
            took[i] = System.nanoTime() - start;
            during[i] = client.takeLongest();
            without[i] = longestIn(took[i]);
        }
        return new Observed(new Durations(during), new Durations(without), new Durations(took));
    }

    /** Keeps this thread busy, as a replacement does. */
    private long longestIn(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
        return client.takeLongest();
    }
}
