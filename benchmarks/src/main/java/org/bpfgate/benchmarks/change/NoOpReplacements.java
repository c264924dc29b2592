package org.bpfgate.benchmarks.change;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.change.LoadClient.Question;
import org.bpfgate.benchmarks.module.ModuleBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What the framework itself adds: a required module that does nothing is replaced. */
final class NoOpReplacements {
    private static final int COUNT = 400;
    private static final int WARM_UP = 100;
    private static final String MODULE = "swapped";

    private NoOpReplacements() {}

    /** Starts a gate and runs the replacements in it, after some that do not count. */
    static void measure(Report report) throws IOException, BundleException, InterruptedException {
        try (EmbeddedGate gate = EmbeddedGate.start(Map.of("lsm.required", MODULE));
                TemporaryDirectory jars = TemporaryDirectory.create()) {
            Bundle first = gate.install(ModuleBundle.write(jars.path(), MODULE, "1.0.0"));
            Bundle second = gate.install(ModuleBundle.write(jars.path(), MODULE, "2.0.0"));
            first.start();
            LoadClient client = new LoadClient(gate.hooks(), List.of(Question.ofAnyProgram()));
            client.start();
            try {
                Replacements replacements = new Replacements(gate.admin(), client, first, second);
                replacements.replace(WARM_UP);
                print(report, replacements.replace(COUNT));
            } finally {
                client.end();
            }
        }
    }

    private static void print(Report report, Replacements.Observed observed) {
        held(report, "p50", 0.5, observed);
        held(report, "p99", 0.99, observed);
        report.figure("p50 of " + COUNT + " replacements", observed.took().micros(0.5), "us");
    }

    private static void held(Report report, String name, double share, Replacements.Observed observed) {
        double during = observed.during().micros(share);
        double without = observed.without().micros(share);
        report.ratio("longest load of a replacement / of a time as long, " + name, during / without);
        report.figure("longest load of a replacement, " + name, during, "us");
        report.figure("longest load of a time as long without one, " + name, without, "us");
    }
}
