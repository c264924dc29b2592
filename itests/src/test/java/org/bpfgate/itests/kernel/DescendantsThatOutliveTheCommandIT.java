package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that a command leaves behind is announced; its loads fail, or are decided on when the gate is told to wait for it. */
@LoadsPrograms
class DescendantsThatOutliveTheCommandIT {
    /** ENOSYS, 38: the kernel's answer where nobody listens. */
    private static final String REFUSED_BY_THE_KERNEL = "error 38";

    /** EACCES, 13: the policy's error. */
    private static final String DENIED = "error 13";

    /** What {@code daemon.c} ends with. */
    private static final int COMMAND_CODE = 3;

    @TempDir
    Path directory;

    private Path client;
    private Path go;
    private Path result;
    private Path err;

    @BeforeEach
    void compile() {
        client = CProgram.compiled("daemon.c", directory);
        go = directory.resolve("go");
        result = directory.resolve("result");
        err = directory.resolve("err");
    }

    /** Lets the daemon end, whatever became of the test. */
    @AfterEach
    void end() throws IOException {
        letGo();
        awaitResult();
    }

    private Process start(String action, String... options) throws IOException {
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"),
                "policy_name=all policy_version=1.0.0\nDEFAULT action=" + action + "\n");
        List<String> gate =
                List.of(Gate.installation().resolve("bin/bpfgate").toString(), "run", "--policy", policy.toString());
        List<String> command = List.of("--", client.toString(), go.toString(), result.toString());
        // The background of a shell, in which a test may run, has SIGINT ignored.
        List<String> defaults = List.of("env", "--default-signal");
        List<String> words = Stream.of(defaults, gate, List.of(options), command)
                .flatMap(List::stream)
                .toList();
        return new ProcessBuilder(words).redirectError(err.toFile()).start();
    }

    private void letGo() throws IOException {
        if (!Files.exists(go)) {
            Files.createFile(go);
        }
    }

    private void awaitResult() {
        await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(result));
    }

    private static int codeOf(Process gate) throws InterruptedException {
        assertThat(gate.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
        return gate.exitValue();
    }

    private void awaitTheWait() {
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> Files.readString(err).contains("the gate goes on until the processes that it started"));
    }

    @Test
    void isAnnouncedAndItsLoadsFail() throws Exception {
        assertThat(codeOf(start("ALLOW"))).isEqualTo(COMMAND_CODE);
        assertThat(err)
                .content()
                .contains("processes that " + client + " started still run")
                .contains("--wait-descendants");
        letGo();
        awaitResult();
        assertThat(result).hasContent(REFUSED_BY_THE_KERNEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOW", "DENY"})
    void isDecidedOnWhenTheGateWaits(String action) throws Exception {
        Process gate = start(action, "--wait-descendants");
        awaitTheWait();
        assertThat(gate.isAlive()).as("waits").isTrue();
        letGo();
        assertThat(codeOf(gate)).isEqualTo(COMMAND_CODE);
        boolean isAllowed = "ALLOW".equals(action);
        assertThat(result).hasContent(isAllowed ? "loaded" : DENIED);
        assertThat(err)
                .content()
                .contains(isAllowed ? "loads: 1 allowed, 0 denied" : "loads: 0 allowed, 1 denied")
                .doesNotContain("still run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void aSignalEndsTheWait(String signal) throws Exception {
        Process gate = start("ALLOW", "--wait-descendants");
        awaitTheWait();
        CommandLine.of("kill", "-" + signal).run(gate.pid());
        assertThat(codeOf(gate)).isEqualTo(COMMAND_CODE);
        assertThat(err).content().contains("still run");
        letGo();
        awaitResult();
        assertThat(result).hasContent(REFUSED_BY_THE_KERNEL);
    }

    @Test
    void nothingIsSaidWhereNobodyIsLeft() throws Exception {
        Path policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        CommandLine.Result run = CommandLine.bpfgate()
                .run("run", "--wait-descendants", "--policy", policy, "--", "sh", "-c", "sleep 0.1 | cat; exit 4");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(4);
        assertThat(run.stderr()).isEmpty();
        // For the end of the test.
        Files.writeString(result, "");
    }

    @Test
    void waitingForConfinedDescendantsIsWrongUsage() throws Exception {
        CommandLine.Result run = CommandLine.bpfgate().run("run", "--wait-descendants", "--confine", "--", "true");
        assertThat(run.exitCode()).as("%s", run).isEqualTo(125);
        assertThat(run.stderr()).contains("--wait-descendants does not go with --confine");
        Files.writeString(result, "");
    }
}
