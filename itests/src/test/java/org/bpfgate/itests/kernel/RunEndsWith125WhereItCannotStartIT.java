package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller tells by the exit code whether the command was run: 125 is bpfgate's own, 126 and 127 say what is wrong with the command. */
@LoadsPrograms
class RunEndsWith125WhereItCannotStartIT {
    private static final int NOT_RUN = 125;

    @TempDir
    Path directory;

    private Path policy() throws IOException {
        return Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "learn"})
    void noPlaceForTemporaryFiles(String verb) {
        CommandLine.Result run = CommandLine.bpfgate()
                .with("TMPDIR", directory.resolve("missing").toString())
                .run(verb, "--", "true");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(NOT_RUN);
        assertThat(run.diagnostics()).hasSize(1);
    }

    @Test
    void noJdk() {
        CommandLine.Result run = CommandLine.of("env", "-i", "HOME=/nonexistent", "PATH=/usr/bin:/bin")
                .and("unshare", "--mount", "sh", "-c")
                .run(
                        "mount -t tmpfs none /usr/lib/jvm && exec \"$@\"",
                        "sh",
                        Gate.installation().resolve("bin/bpfgate"),
                        "run",
                        "--",
                        "true");
        Requires.that(run.stderr().contains("no JDK"), "the JDK cannot be hidden here: " + run);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(NOT_RUN);
    }

    @Test
    void temporaryFilesAreWhereTmpdirSaysAndGoneAfterwards() throws IOException {
        Path temporary = Files.createDirectory(directory.resolve("with blank"));
        CommandLine.Result run = CommandLine.bpfgate()
                .with("TMPDIR", temporary.toString())
                .run("run", "--policy", policy(), "--", "sh", "-c", "ls \"$TMPDIR\"");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stdout()).startsWith("bpfgate-");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-command, 127, there is no such command in PATH",
        "/no/such/file, 127, there is no such file",
        "/etc/passwd, 126, it may not be executed",
    })
    void theReasonIsInWords(String command, int exitCode, String reason) throws IOException {
        CommandLine.Result run = CommandLine.bpfgate().run("run", "--policy", policy(), "--", command);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        assertThat(run.stderr()).contains(command + ": " + reason);
    }
}
