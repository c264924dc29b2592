package org.bpfgate.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs typical commands once, so that the JVM sees which classes the start-up archive must hold; how they end is no matter. */
public final class Rehearsal {
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
        Path list = Files.createTempFile("bpfgate", ".list");
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
        Files.delete(list);
        Path keys = example.resolve("keys");
        Path signature = Files.createTempFile("bpfgate", ".p7s");
        Launcher.run(
                "sign",
                "--key",
                keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key").toString(),
                "--cert",
                keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt").toString(),
                "-o",
                signature.toString(),
                example.resolve("programs/drop_ping.insns").toString());
        Files.delete(signature);
        System.exit(0);
    }
}
