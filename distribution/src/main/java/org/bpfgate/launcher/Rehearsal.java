package org.bpfgate.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs typical commands once, so that the JVM sees which classes the start-up archive must hold; how they end is no matter. */
public final class Rehearsal {
    private static final String LIST = "list";
    private static final String SIGNATURE = "signature.p7s";

    private Rehearsal() {}

    /**
     * Runs the commands on the example programs of the installation.
     *
     * @param arguments none
     */
    public static void main(String... arguments) throws IOException {
        String home = System.getProperty("bpfgate.home");
        Path example = Path.of(home, "examples", "quickstart");
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
            Files.deleteIfExists(directory.resolve(SIGNATURE));
            Files.delete(directory);
        }
        System.exit(0);
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
        Path keys = example.resolve("keys");
        Path signature = directory.resolve(SIGNATURE);
        Launcher.run(
                "sign",
                "--key",
                keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key").toString(),
                "--cert",
                keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt").toString(),
                "-o",
                signature.toString(),
                example.resolve("programs/drop_ping.insns").toString());
    }
}
