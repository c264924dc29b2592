package org.bpfgate.benchmarks.change;

import java.io.IOException;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.module.ModuleBundle;
import org.bpfgate.stack.StackAdmin;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Two versions of one required module that replace each other while loads go on without pause. */
final class Replacements {
    /** An even number, so that the first version is in charge again afterwards. */
    static final int COUNT = 400;

    private static final int WARM_UP = 100;
    private static final String MODULE = "swapped";

    private final StackAdmin admin;
    private final LoadClient client;
    private final Bundle[] versions;
    private final long[] during = new long[COUNT];
    private final long[] without = new long[COUNT];
    private final long[] took = new long[COUNT];

    private Replacements(StackAdmin admin, LoadClient client, Bundle... versions) {
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

    /** Starts a gate and runs the replacements in it, after some that do not count. */
    static Observed run() throws IOException, BundleException, InterruptedException {
        try (EmbeddedGate gate = EmbeddedGate.start(Map.of("lsm.required", MODULE));
                TemporaryDirectory jars = TemporaryDirectory.create()) {
            Bundle first = gate.install(ModuleBundle.write(jars.path(), MODULE, "1.0.0"));
            Bundle second = gate.install(ModuleBundle.write(jars.path(), MODULE, "2.0.0"));
            first.start();
            LoadClient client = new LoadClient(gate.hooks());
            client.start();
            try {
                new Replacements(gate.admin(), client, first, second).replace(WARM_UP);
                return new Replacements(gate.admin(), client, first, second).replace(COUNT);
            } finally {
                client.end();
            }
        }
    }

    private Observed replace(int count) throws BundleException {
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
