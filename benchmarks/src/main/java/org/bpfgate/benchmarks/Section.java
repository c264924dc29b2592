package org.bpfgate.benchmarks;

import java.io.IOException;

/** One group of measurements that can be run on its own. */
public interface Section {
    /** Returns the name on the command line. */
    String name();

    /**
     * Measures, and reports each figure as soon as it is there.
     *
     * @throws SkippedException when this machine lacks something that the whole section needs
     * @throws IOException when a file or a process fails
     */
    void run(Report report) throws SkippedException, IOException, InterruptedException;
}
