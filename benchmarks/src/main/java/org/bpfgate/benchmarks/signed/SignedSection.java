package org.bpfgate.benchmarks.signed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfgate.benchmarks.Jmh;
import org.bpfgate.benchmarks.Jmh.Measured;
import org.bpfgate.benchmarks.Median;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.Section;
import org.bpfgate.benchmarks.SkippedException;
import org.bpfgate.benchmarks.TemporaryDirectory;

/** A decision on a signed program, and {@code CMS_verify()} of OpenSSL on the same bytes, in turns. */
public final class SignedSection implements Section {
    private static final int ROUNDS = 3;

    /** Nanoseconds in a microsecond. */
    private static final double MICRO = 1e3;

    @Override
    public String name() {
        return "signed";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path openssl = directory.path().resolve("cms_verify");
            Tool.cc(Path.of(System.getProperty("bpfgate.root"), "benchmarks/src/main/c/cms_verify.c"), openssl);
            Path files = directory.path();
            compare(
                    report,
                    "RSA-2048",
                    openssl,
                    SignedSample.make(files.resolve("rsa"), List.of("-newkey", "rsa:2048")));
            compare(
                    report,
                    "P-256",
                    openssl,
                    SignedSample.make(
                            files.resolve("p256"), List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")));
        }
    }

    private static void compare(Report report, String key, Path openssl, SignedSample sample)
            throws IOException, InterruptedException, SkippedException {
        double[] decisions = new double[ROUNDS];
        double[] verifications = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        double bytes = 0;
        for (int i = 0; i < ROUNDS; i++) {
            verifications[i] = verify(openssl, sample) / MICRO;
            Measured decision = decide(sample);
            decisions[i] = decision.nanos() / MICRO;
            bytes = decision.bytes();
            ratios[i] = decisions[i] / verifications[i];
        }
        report.ratio("decision / CMS_verify of OpenSSL, " + key, Median.of(ratios));
        report.figure("decision", Median.of(decisions), "us");
        report.figure("CMS_verify", Median.of(verifications), "us");
        report.figure("allocated per decision, the load included", bytes, "bytes");
    }

    private static Measured decide(SignedSample sample) {
        Map<String, String> parameters =
                Map.of(SignedBenchmark.DIRECTORY, sample.directory().toString());
        return Jmh.run(SignedBenchmark.class, "decide", 1, parameters);
    }

    /** Returns nanoseconds per verification. */
    private static double verify(Path openssl, SignedSample sample)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = List.of(
                openssl.toString(),
                sample.certificate().toString(),
                sample.message().toString(),
                sample.content().toString());
        return Double.parseDouble(Tool.run(words, "the comparison with OpenSSL failed"));
    }
}
