package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a command ends, other than by SIGKILL, its directory for temporary files is gone. */
class AStartThatFailsLeavesNothingBehindIT {
    /** A command takes well below a second; a loaded machine may be a hundred times slower. */
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    private Path directory;

    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    /** Around the number at which the JVM starts and the framework does not. */
    @ParameterizedTest
    @ValueSource(ints = {13, 14, 15, 16, 17, 18, 20})
    void descriptorsThatAreScarce(int most) {
        CommandLine.Result result = shell(
                "ulimit -n " + most + "; exec \"$@\"",
                Gate.installation(),
                "check",
                Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isNotZero();
        assertThat(result.stderr()).doesNotContain("cannot be deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/framework.properties", "conf/commands.properties", "bundle/ipe-policy-bundle.jar"})
    void anInstallationThatIsNotWhole(String file) throws IOException {
        Path home = copy();
        Files.delete(home.resolve(file));
        CommandLine.Result result = shell("exec \"$@\"", home, "check", Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics()).singleElement().asString().contains(file);
    }

    @Test
    void aBundleThatDoesNotStart() throws IOException {
        Path home = copy();
        Files.writeString(home.resolve("bundle/ipe-policy-bundle.jar"), "no archive");
        CommandLine.Result result = shell("exec \"$@\"", home, "check", Quickstart.program("drop_ping.insns"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
        assertThat(result.diagnostics()).singleElement().asString().startsWith("bpfgate: ");
    }

    /** It waits for standard input, and has made its directories. Other signals may be ignored where tests run. */
    @Test
    void aSignal() throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(Gate.installation().resolve("bin/bpfgate").toString(), "check", "-");
        builder.environment().put("TMPDIR", temporary.toString());
        Process process = builder.redirectErrorStream(true).start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (isEmpty() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(isEmpty()).isFalse();
            CommandLine.of("kill", "-TERM", Long.toString(process.pid())).run();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.findAny().isEmpty();
        }
    }

    private Path copy() {
        Path home = directory.resolve("home");
        assertThat(CommandLine.of("cp", "-r").run(Gate.installation(), home).exitCode())
                .isZero();
        return home;
    }

    private CommandLine.Result shell(String script, Path home, Object... arguments) {
        return CommandLine.of("sh", "-c", script, "sh")
                .and(home.resolve("bin/bpfgate"))
                .with("TMPDIR", temporary.toString())
                .run(arguments);
    }
}
