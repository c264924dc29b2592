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
import org.bpfgate.benchmarks.Tool;

/** A decision on a signed program, and {@code CMS_verify()} of OpenSSL on the same bytes, in turns. */
public final class SignedSection implements Section {
    private static final String NEED =
            "a C compiler and the headers of OpenSSL are needed (libssl-dev in Debian and Ubuntu)";

    private static final int ROUNDS = 3;

    /** Nanoseconds in a microsecond. */
    private static final double MICRO = 1e3;

    /** A whole decision is to cost less than OpenSSL's verification alone. */
    private static final double FIRST = 0.8;

    @Override
    public String name() {
        return "signed";
    }

    @Override
    public void run(Report report) throws SkippedException, IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            Path openssl = directory.path().resolve("cms_verify");
            Tool.cc("cms_verify.c", openssl, NEED, "-lcrypto");
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
        double[] verifications = new double[ROUNDS];
        Side jdk = new Side("JDK", false, sample);
        Side nativeCode = new Side("native-crypto-bundle", true, sample);
        for (int i = 0; i < ROUNDS; i++) {
            verifications[i] = verify(openssl, sample) / MICRO;
            jdk.round(i, verifications[i]);
            nativeCode.round(i, verifications[i]);
        }
        report.ratio(nativeCode.what(key), Median.of(nativeCode.ratios), FIRST);
        nativeCode.report(report);
        report.ratio(jdk.what(key), Median.of(jdk.ratios));
        jdk.report(report);
        report.figure("CMS_verify", Median.of(verifications), "us");
    }

    /** One of the two gates that are compared with OpenSSL. */
    private static final class Side {
        private final String name;
        private final Map<String, String> parameters;
        private final double[] first = new double[ROUNDS];
        private final double[] both = new double[ROUNDS];
        private final double[] ratios = new double[ROUNDS];
        private final double[] beyond = new double[ROUNDS];
        private double bytes;
        private double bytesAgain;

        Side(String name, boolean nativeCrypto, SignedSample sample) {
            this.name = name;
            this.parameters = Map.of(
                    SignedBenchmark.DIRECTORY,
                    sample.directory().toString(),
                    SignedBenchmark.NATIVE_CRYPTO,
                    Boolean.toString(nativeCrypto));
        }

        String what(String key) {
            return "decision with " + name + " / CMS_verify of OpenSSL, " + key;
        }

        void round(int i, double verification) {
            Measured decision = measure("first", 1);
            first[i] = decision.nanos() / MICRO;
            bytes = decision.bytes();
            ratios[i] = first[i] / verification;
            both[i] = measure("first", 2).nanos() / MICRO;
            Measured known = measure("again", 1);
            bytesAgain = known.bytes();
            beyond[i] = (known.nanos() - measure("digest", 1).nanos()) / MICRO;
        }

        private Measured measure(String method, int threads) {
            return Jmh.run(SignedBenchmark.class, method, threads, parameters);
        }

        void report(Report report) {
            report.figure("decision", Median.of(first), "us");
            report.figure("decisions per second, 1 thread", MICRO * MICRO / Median.of(first), "");
            report.figure("decisions per second, 2 threads", 2 * MICRO * MICRO / Median.of(both), "");
            report.figure("allocated per decision, the load included", bytes, "bytes");
            report.figure("the same load again, beyond its SHA-256 (target 2)", Median.of(beyond), "us");
            report.figure("allocated by it, the load included", bytesAgain, "bytes");
        }
    }

    /** Returns nanoseconds per verification. */
    private static double verify(Path openssl, SignedSample sample)
            throws IOException, InterruptedException, SkippedException {
        List<String> words = List.of(
                openssl.toString(),
                sample.certificate().toString(),
                sample.message(0).toString(),
                sample.content().toString());
        return Double.parseDouble(Tool.run(words, "the comparison with OpenSSL failed"));
    }
}
