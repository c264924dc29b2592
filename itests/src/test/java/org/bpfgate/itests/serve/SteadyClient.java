package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;

/** A process under {@code exec} that loads a listed program and another one in turn, until it is ended. */
final class SteadyClient implements AutoCloseable {
    /** The digest of the program that it expects to be listed: "r0 = 2; exit". */
    private static final String LISTED = "614b434cd8324ecc7c75ff9332b723a2eec8478e23cca7735bf316f765d42a61";

    /** Some ten loads a second, in milliseconds: a test of minutes does not wear out the kernel. */
    private static final int PAUSE = 60;

    private static final Pattern SUMMARY = Pattern.compile(
            "(\\d+) listed, (\\d+) signed, (\\d+) refused, (\\d+) wrong, last error (\\d+), longest (\\d+) ms");

    private final Process process;
    private final BufferedReader out;

    /**
     * What it saw.
     *
     * @param wrong loads that ended in another way than they should
     * @param lastError of those
     * @param longestMillis the longest load
     */
    record Summary(int listed, int signed, int refused, int wrong, int lastError, int longestMillis) {
        /** Returns how many loads there were. */
        int loads() {
            return listed + signed + refused + wrong;
        }
    }

    private SteadyClient(Process process) {
        this.process = process;
        out = process.inputReader();
    }

    /** Lists its program. */
    static void list(Path root) throws IOException {
        Path settings = root.resolve("etc/bpfgate");
        Path lists = Files.createDirectories(settings.resolve("lists.d"));
        Path policies = Files.createDirectories(settings.resolve("policy.d"));
        Files.writeString(lists.resolve("list"), LISTED + "  listed # type=xdp\n");
        Files.copy(Gate.root().resolve("examples/enforce/allowlist.ipe"), policies.resolve("allowlist.ipe"));
    }

    /**
     * Signs a third program, and trusts its signer.
     *
     * @return the signature, for {@link #start}
     */
    static Path sign(Path root) throws IOException {
        Path keys = Quickstart.directory().resolve("keys");
        Path certificate = keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.crt");
        Files.copy(
                certificate,
                Files.createDirectories(root.resolve("etc/bpfgate/trust.d")).resolve("signer.crt"));
        Path program = Files.write(
                root.resolve("signed.insns"),
                new byte[] {(byte) 0xb7, 0, 0, 0, 3, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
        Path signature = root.resolve("signed.p7s");
        CommandLine.Result signed = CommandLine.bpfgate()
                .run(
                        "sign",
                        "--key",
                        keys.resolve("EXAMPLE-ONLY-NEVER-TRUST.key"),
                        "--cert",
                        certificate,
                        "-o",
                        signature,
                        program);
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        return signature;
    }

    /** Starts one that loads some ten times a second, and waits until it is under the gate. */
    static SteadyClient start(Path root, Path program, Path... signature) throws IOException {
        return start(root, program, PAUSE, signature);
    }

    /**
     * Starts one, and waits until it is under the gate.
     *
     * @param pause between two loads, in milliseconds
     * @param signature of the signed program, if it is to load that too
     */
    static SteadyClient start(Path root, Path program, int pause, Path... signature) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Gate.installation().resolve("bin/bpfgate").toString(),
                "--root",
                root.toString(),
                "exec",
                "--",
                program.toString(),
                Integer.toString(pause)));
        Stream.of(signature).map(Path::toString).forEach(words::add);
        SteadyClient client = new SteadyClient(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        assertThat(client.out.readLine()).isEqualTo("begun");
        return client;
    }

    long pid() {
        return process.pid();
    }

    /** Ends it, and returns what it saw. */
    Summary end() throws IOException, InterruptedException {
        process.outputWriter().close();
        String line = out.readLine();
        process.waitFor();
        Matcher summary = SUMMARY.matcher(String.valueOf(line));
        assertThat(summary.matches()).as("%s", line).isTrue();
        System.out.println(line);
        return new Summary(
                Integer.parseInt(summary.group(1)),
                Integer.parseInt(summary.group(2)),
                Integer.parseInt(summary.group(3)),
                Integer.parseInt(summary.group(4)),
                Integer.parseInt(summary.group(5)),
                Integer.parseInt(summary.group(6)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
