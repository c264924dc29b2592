package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What learn saw is in its list, whatever ends it, and a command whose list could not be written is not run. */
@ResourceLock("kernel")
class LearningLosesNothingIT {
    /** The SHA-256 of the instructions of {@code types.c}. */
    private static final String DIGEST = "614b434cd8324ecc7c75ff9332b723a2eec8478e23cca7735bf316f765d42a61";

    @TempDir
    Path directory;

    @Test
    void aListThatCannotBeWrittenIsToldBeforeTheCommandRuns() throws IOException {
        Path ran = directory.resolve("ran");
        for (Path list : List.of(directory.resolve("none/list"), directory, Path.of("/dev/full"))) {
            CommandLine.Result result = CommandLine.bpfgate().run("learn", "-o", list, "--", "touch", ran);
            assertThat(result.exitCode()).as("%s", result).isEqualTo(125);
            assertThat(result.diagnostics()).hasSize(1).first().asString().startsWith("bpfgate: " + list + ": ");
        }
        assertThat(Files.exists(ran)).isFalse();
    }

    @Test
    void aCommandThatIsNotThereTakesNoListAway() throws IOException {
        Path list = Files.writeString(directory.resolve("list"), "# reviewed\n");
        CommandLine.Result result =
                CommandLine.bpfgate().run("learn", "-o", list, "--", directory.resolve("no-such-command"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(127);
        assertThat(directory).isDirectoryContaining(file -> file.equals(list));
        assertThat(list).hasContent("# reviewed");
        assertThat(Files.exists(directory.resolve("list.ipe"))).isFalse();
    }

    @Test
    @LoadsPrograms
    void aKillLeavesEveryLine() throws IOException, InterruptedException {
        Path client = CProgram.compiled("types.c", directory);
        Path list = directory.resolve("list");
        Process gate = new ProcessBuilder(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "learn",
                        "-o",
                        list.toString(),
                        "--",
                        "sh",
                        "-c",
                        client + " 6 31 >/dev/null; exec sleep 5")
                .inheritIO()
                .start();
        await().atMost(60, TimeUnit.SECONDS)
                .until(() ->
                        Files.exists(list) && Files.readString(list).contains(DIGEST + "  (unnamed) # type=syscall"));
        gate.destroyForcibly();
        assertThat(gate.waitFor()).as("killed by SIGKILL").isEqualTo(128 + 9);
        assertThat(list)
                .content()
                .contains(DIGEST + "  (unnamed) # type=xdp source=")
                .contains(DIGEST + "  (unnamed) # type=syscall source=");
        assertThat(directory.resolve("list.ipe")).content().contains("bpf_integrity=allowlist:OK");
    }

    /** Without it a rule would let in the programs of everybody. */
    @Test
    @LoadsPrograms
    void aProposedRuleNamesTheExecutable() throws IOException {
        Path client = CProgram.compiled("types.c", directory);
        Path list = directory.resolve("list");
        String other = "if [ -e second ]; then exec " + client + " 3; fi; touch second; exec " + client + " 6";
        CommandLine.Result learned =
                CommandLine.bpfgate().in(directory).run("learn", "--runs", "2", "-o", list, "--", "sh", "-c", other);
        assertThat(learned.exitCode()).as("%s", learned).isZero();
        String sum = CommandLine.of("sha256sum").run(client).stdout().substring(0, 64);
        assertThat(directory.resolve("list.ipe"))
                .content()
                .contains("# op=BPF_PROG_LOAD bpf_client_exe=sha256:" + sum
                        + " bpf_prog_type=xdp bpf_insn_max=2 action=ALLOW")
                .doesNotContain("op=BPF_PROG_LOAD bpf_prog_type=");
    }
}
