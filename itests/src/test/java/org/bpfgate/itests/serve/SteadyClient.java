package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfgate.itests.Gate;

/** A process under {@code exec} that loads a listed program and another one in turn, some ten times a second. */
final class SteadyClient implements AutoCloseable {
    /** The digest of the program that it expects to be listed: "r0 = 2; exit". */
    private static final String LISTED = "614b434cd8324ecc7c75ff9332b723a2eec8478e23cca7735bf316f765d42a61";

    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) listed, (\\d+) refused, (\\d+) wrong, last error (\\d+), longest (\\d+) ms");

    private final Process process;
    private final BufferedReader out;

    /**
     * What it saw.
     *
     * @param wrong loads that ended in another way than they should
     * @param lastError of those
     * @param longestMillis the longest load
     */
    record Summary(int listed, int refused, int wrong, int lastError, int longestMillis) {
        /** Returns how many loads there were. */
        int loads() {
            return listed + refused + wrong;
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

    /** Starts one, and waits until it is under the gate. */
    static SteadyClient start(Path root, Path program) throws IOException {
        SteadyClient client = new SteadyClient(new ProcessBuilder(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "--root",
                        root.toString(),
                        "exec",
                        "--",
                        program.toString())
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
                Integer.parseInt(summary.group(5)));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
