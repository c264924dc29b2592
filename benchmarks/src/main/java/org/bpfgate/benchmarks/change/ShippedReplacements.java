package org.bpfgate.benchmarks.change;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.benchmarks.EmbeddedGate;
import org.bpfgate.benchmarks.Report;
import org.bpfgate.benchmarks.TemporaryDirectory;
import org.bpfgate.benchmarks.Tool;
import org.bpfgate.benchmarks.change.LoadClient.Question;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The shipped modules, each required, replace themselves one after the other, with Configuration Admin as in a gate that runs, while a client
 * asks for a signed, a listed and an unlisted program in turn.
 */
final class ShippedReplacements {
    /** How often each module is replaced, unless {@link #VARIABLE} says otherwise. */
    private static final int COUNT = 200;

    /** How often all modules together are replaced. */
    private static final String VARIABLE = "BPFGATE_BENCHMARK_REPLACEMENTS";

    private static final int WARM_UP = 50;

    /** How much longer than without a replacement the longest load may be, in milliseconds. */
    private static final double TARGET = 5;

    private static final double MICROS_IN_MILLI = 1e3;

    /** Bytes of the two programs without a signature. */
    private static final int LISTED = 2 * Instructions.SLOT_SIZE;

    private static final int UNLISTED = 3 * Instructions.SLOT_SIZE;

    private static final Map<String, String> BUNDLES = new LinkedHashMap<>();

    static {
        BUNDLES.put("hornet", "integrity-sig-bundle");
        BUNDLES.put("allowlist", "integrity-hash-bundle");
        BUNDLES.put("ipe", "ipe-policy-bundle");
    }

    private static final String POLICY = """
            # dialect: bpfgate
            policy_name=benchmark policy_version=1.0.0
            DEFAULT action=DENY
            op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
            op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
            """;

    private ShippedReplacements() {}

    static void measure(Report report) throws IOException, BundleException, InterruptedException {
        try (EmbeddedGate gate = EmbeddedGate.start(Map.of());
                TemporaryDirectory directory = TemporaryDirectory.create()) {
            gate.startFromClassPath("org.apache.felix.configadmin");
            configure(gate.service(ConfigurationAdmin.class, null), directory.path());
            Map<String, Bundle[]> versions = new LinkedHashMap<>();
            for (Map.Entry<String, String> each : BUNDLES.entrySet()) {
                Bundle first = gate.installCopy(each.getValue(), directory.path());
                first.start();
                versions.put(each.getKey(), new Bundle[] {first, gate.installCopy(each.getValue(), directory.path())});
            }
            LoadClient client = new LoadClient(gate.hooks(), questions());
            client.start();
            long decisions;
            long start = System.nanoTime();
            try {
                for (Map.Entry<String, Bundle[]> each : versions.entrySet()) {
                    Replacements replacements = new Replacements(gate.admin(), client, each.getValue());
                    replacements.replace(WARM_UP);
                    print(report, each.getKey(), replacements.replace(count()));
                }
            } finally {
                decisions = client.end();
            }
            report.figure("decisions meanwhile, none wrong", (double) decisions, "");
            report.figure("seconds in all", (System.nanoTime() - start) / 1e9, "s");
        }
    }

    private static int count() {
        String all = System.getenv(VARIABLE);
        return all == null ? COUNT : Math.max(2, Integer.parseInt(all) / BUNDLES.size() / 2 * 2);
    }

    private static void configure(ConfigurationAdmin configurations, Path directory) throws IOException {
        String listed = Instructions.of(new byte[LISTED]).digest().orElseThrow().hex();
        Path list = Files.writeString(directory.resolve("list"), listed + "  benchmark\n");
        Path policy = Files.writeString(directory.resolve("policy.ipe"), POLICY);
        Path trust = Tool.ofProject("examples/quickstart/trust");
        update(configurations, "framework", Map.of("lsm.required", String.join(",", BUNDLES.keySet())));
        update(configurations, "hornet", Map.of("trust", new String[] {trust.toString()}));
        update(configurations, "allowlist", Map.of("lists", new String[] {list.toString()}));
        update(configurations, "ipe", Map.of("policy", policy.toString()));
    }

    private static void update(ConfigurationAdmin configurations, String name, Map<String, ?> settings)
            throws IOException {
        configurations.getConfiguration("org.bpfgate." + name, "?").update(FrameworkUtil.asDictionary(settings));
    }

    private static List<Question> questions() throws IOException {
        Path signed = Tool.ofProject("examples/quickstart/programs/drop_ping.insns");
        Instructions instructions = Instructions.of(Files.readAllBytes(signed));
        byte[] signature = Files.readAllBytes(Path.of(signed + ".p7s"));
        Instructions listed = Instructions.of(new byte[LISTED]);
        Instructions unlisted = Instructions.of(new byte[UNLISTED]);
        return List.of(
                new Question(
                        () -> Question.load(instructions)
                                .withKeyring(KeyringId.USER)
                                .withSignature(signature),
                        true),
                new Question(() -> Question.load(listed), true),
                new Question(() -> Question.load(unlisted), false));
    }

    private static void print(Report report, String module, Replacements.Observed observed) {
        double during = observed.during().micros(1);
        double without = observed.without().micros(1);
        report.ratio(
                module + ": ms that the longest load is longer than without",
                (during - without) / MICROS_IN_MILLI,
                TARGET);
        report.ratio(
                module + ": longest load of a replacement / of a time as long, p99",
                observed.during().micros(0.99) / observed.without().micros(0.99));
        report.figure("longest load while " + module + " is replaced, maximum", during, "us");
        report.figure("p99 of the longest loads", observed.during().micros(0.99), "us");
        report.figure("longest load of times as long without, maximum", without, "us");
        report.figure("p99 of the longest loads", observed.without().micros(0.99), "us");
        report.figure(
                "p50 of " + observed.took().count() + " replacements",
                observed.took().micros(0.5),
                "us");
    }
}
