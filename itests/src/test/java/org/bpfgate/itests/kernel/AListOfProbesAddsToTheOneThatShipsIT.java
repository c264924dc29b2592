package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who adds a probe says {@code include=shipped} and keeps the probes that ship; without that line the list stands alone. */
class AListOfProbesAddsToTheOneThatShipsIT {
    private static final String HEAD = "format=bpfgate-feature-probes 1\nversion=mine\n";
    private static final String INCLUDE = "include=shipped\n";

    private static final String OWN_BPF_FILE_SYSTEM = """
            mount -t bpf bpf /sys/fs/bpf || exit 99
            exec "$@"
            """;

    @TempDir
    private Path directory;

    @Test
    void aNameThatShipsIsRefusedWithItsLine() throws IOException {
        Path list = Files.writeString(directory.resolve("probes"), HEAD + INCLUDE + "\nprobe=libbpf-name\n");
        CommandLine.Result result = CommandLine.bpfgate()
                .run("run", "--probes", list, "--policy", Quickstart.policy(), "--", "touch", directory.resolve("ran"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(125);
        assertThat(result.diagnostics())
                .containsExactly("bpfgate: " + list
                        + ":5: the probe libbpf-name is in the list that ships too; rename this one");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {INCLUDE, ""})
    @Tag("kernel")
    void theProbesOfBpftoolAreRecognisedWithTheLineOnly(String line) throws IOException {
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Requires.command("unshare");
        Requires.command("bpftool");
        Path list = Files.writeString(directory.resolve("probes"), HEAD + line);
        CommandLine.Result result = CommandLine.bpfgate()
                .and("learn", "-o", directory.resolve("learned"), "--probes", list, "--")
                .and("bpftool", "prog", "load", Quickstart.program("xdp_count.o"), "/sys/fs/bpf/probes")
                .under("unshare", "--mount", "sh", "-c", OWN_BPF_FILE_SYSTEM, "sh")
                .run();
        assertThat(result.exitCode()).as("%s", result).isZero();
        if (line.isEmpty()) {
            assertThat(result.stderr()).contains("bpfgate: learned ").doesNotContain("feature probe");
        } else {
            assertThat(result.stderr()).containsPattern("learned 1 program and [0-9]+ feature probes from");
        }
    }
}
