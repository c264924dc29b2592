package org.bpfgate.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs typical commands once, or the running gate, so that the JVM sees which classes the start-up archive must hold; how they end is no
 * matter.
 */
public final class Rehearsal {
    private static final String LIST = "list";

    /** The verb that signs, which has bundles of its own. */
    private static final String SIGN = "sign";

    /** The verb of the running gate, and its socket, which is there when it is ready. */
    private static final String SERVE = "serve";

    private static final String READY = "run/bpfgate/listeners";

    /** A machine that is busy building. */
    private static final int MOST_TENTHS = 300;

    private Rehearsal() {}

    /**
     * Runs the commands on the example programs of the installation, the verb that signs, or the gate until it is ready.
     *
     * @param arguments none, {@code sign} or {@code serve}
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals(SERVE)) {
            serve();
            System.exit(0);
        }
        String home = System.getProperty("bpfgate.home");
        Path example = Path.of(home, "examples", "quickstart");
        if (arguments.length > 0 && arguments[0].equals(SIGN)) {
            sign(example);
            System.exit(0);
        }
        Launcher.run("test", example.toString());
        Launcher.run("test", "--format", "json", example.toString());
        if (System.getenv("BPFGATE_WITHOUT_KERNEL") == null) {
            Launcher.run("run", "--policy", example.resolve("policy.ipe").toString(), "--", "true");
        }
        Path directory = Files.createTempDirectory("bpfgate-rehearsal-");
        try {
            writeFiles(example, directory);
        } finally {
            Files.deleteIfExists(directory.resolve(LIST));
            Files.delete(directory);
        }
        System.exit(0);
    }

    private static void serve() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("bpfgate-rehearsal-");
        System.setProperty("bpfgate.root", root.toString());
        Thread gate = Thread.ofPlatform().daemon().start(() -> Launcher.run(SERVE));
        for (int i = 0; i < MOST_TENTHS && gate.isAlive() && Files.notExists(root.resolve(READY)); i++) {
            Thread.sleep(100);
        }
        Launcher.run("status");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The commands that write a file. */
    private static void writeFiles(Path example, Path directory) {
        Path list = directory.resolve(LIST);
        Launcher.run(
                "allowlist",
                "build",
                "-o",
                list.toString(),
                example.resolve("allowlist").toString());
        Launcher.run(
                "verify",
                "--allowlist",
                list.toString(),
                example.resolve("programs/drop_ping.insns").toString());
    }

    private static void sign(Path example) throws IOException {
        Path keys = example.resolve("keys");
        Path signature = Files.createTempFile("bpfgate-rehearsal-", ".p7s");
        for (String format : List.of("text", "json")) {
            Launcher.run(
                    SIGN,
                    "--key",
                    keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key").toString(),
                    "--cert",
                    keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt").toString(),
                    "--format",
                    format,
                    "-o",
                    signature.toString(),
                    example.resolve("programs/drop_ping.insns").toString());
        }
        Files.delete(signature);
    }
}
