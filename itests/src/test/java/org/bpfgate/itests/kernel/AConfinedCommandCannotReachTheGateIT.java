package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that runs as root and tries: what reaches the gate without {@code --confine} does not with it. */
@LoadsPrograms
class AConfinedCommandCannotReachTheGateIT {
    @TempDir
    Path directory;

    private Path client;
    private Path policy;
    private Path file;
    private Process gate;

    @BeforeEach
    void prepare() throws IOException {
        client = CProgram.compiled("confined.c", directory);
        policy = Files.writeString(
                directory.resolve("policy.ipe"), "policy_name=all policy_version=1.0.0\nDEFAULT action=ALLOW\n");
        file = directory.resolve("file");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (gate != null) {
            gate.destroyForcibly().waitFor();
        }
    }

    /** In a session of its own, so that signals to a process group do not reach the tests. */
    private void start(boolean confined, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(gate(confined));
        words.addAll(List.of(command));
        gate = new ProcessBuilder(words).inheritIO().start();
    }

    private List<String> gate(boolean confined) {
        return List.of(
                Gate.installation().resolve("bin/bpfgate").toString(),
                "run",
                confined ? "--confine" : "--mode=compat-n",
                "--policy",
                policy.toString(),
                "--");
    }

    private int attempt(boolean confined, String what) throws IOException, InterruptedException {
        start(confined, client.toString(), what, file.toString());
        // setsid(1) and the start script become the gate.
        Files.writeString(file, gate.pid() + "\n");
        assertThat(gate.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        return gate.exitValue();
    }

    /** 13 EACCES and 1 EPERM would tell that it can be named. */
    @ParameterizedTest
    @CsvSource({
        "signal,3",
        "pidfd,3",
        "trace,3",
        "memory,2",
        "oom,2",
        "limit,3",
        "affinity,3",
        "priority,3",
        "see,200",
    })
    void whatReachesItOtherwiseDoesNotConfined(String what, int errno) throws Exception {
        assertThat(attempt(false, what)).as("without --confine").isZero();
        assertThat(attempt(true, what)).as("with --confine").isEqualTo(errno);
    }

    /** Not tried without: the attempts change the mounts of the host. */
    @ParameterizedTest
    @ValueSource(strings = {"uncover", "mount", "mounts", "handle", "neighbour"})
    void noMountHasTheProcessesOfTheHost(String what) throws Exception {
        assertThat(attempt(true, what))
                .as("0 is reached, 99 an unknown attempt")
                .isNotIn(0, 99);
        assertThat(Files.isDirectory(
                        Path.of("/proc", Long.toString(ProcessHandle.current().pid()))))
                .as("the host's /proc is untouched")
                .isTrue();
    }

    /** The host may have mounted procfs more than once, for chroots. */
    @Test
    void aSecondProcOfTheHostIsNotThereEither() throws Exception {
        Path place = Files.createDirectory(directory.resolve("a place"));
        assertThat(CommandLine.of("mount").run("-t", "proc", "proc", place).exitCode())
                .isZero();
        try {
            start(true, "sh", "-c", "ls -A '" + place + "' >" + file);
            assertThat(gate.waitFor()).isZero();
            assertThat(Files.readString(file)).isEmpty();
            assertThat(Files.exists(place.resolve("self")))
                    .as("on the host it is there")
                    .isTrue();
        } finally {
            CommandLine.of("umount").run(place);
        }
    }

    @ParameterizedTest
    @CsvSource({"nice-group,7", "nice-user,0"})
    void prioritiesOfItsGroupAndUserAreNotTheGates(String what, String unconfined) throws Exception {
        String whatThenWait = "true; " + client + " " + what + " " + file + "; echo >" + directory.resolve("done")
                + "; while [ -e " + file + " ]; do sleep 0.1; done";
        assertThat(niceness(true, whatThenWait)).as("with --confine").isEqualTo("0");
        if (!unconfined.equals("0")) {
            assertThat(niceness(false, whatThenWait)).as("without").isEqualTo(unconfined);
        }
    }

    private String niceness(boolean confined, String script) throws IOException, InterruptedException {
        start(confined, "sh", "-c", script);
        Files.writeString(file, gate.pid() + "\n");
        Path done = directory.resolve("done");
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(done));
        String niceness =
                CommandLine.of("ps", "-o", "ni=", "-p").run(gate.pid()).stdout().strip();
        Files.delete(file);
        Files.delete(done);
        gate.waitFor();
        return niceness;
    }

    /** The shell around the gate is in the gate's process group. */
    private CommandLine.Result inAGroup(String command) {
        String line = String.join(" ", gate(true)) + " sh -c '" + command + "'; echo after $?";
        return CommandLine.of("setsid", "--wait", "sh", "-c").run(line);
    }

    @Test
    void killingItsProcessGroupKillsNeitherTheGateNorWhatIsAroundIt() {
        assertThat(inAGroup("kill -KILL 0").stdout()).isEqualTo("after 137\n");
    }

    @Test
    void stoppingItsProcessGroupStopsNeither() {
        CommandLine.Result stopped =
                inAGroup("setsid sh -c \"sleep 3; kill -CONT $$\" & sleep 1; kill -STOP 0; echo continued; exit 5");
        assertThat(stopped.stdout()).as("%s", stopped).isEqualTo("continued\nafter 5\n");
    }

    /** A signal that ends the command would wait until it is continued. timeout(1) continues its own child only, which is the gate. */
    @Test
    void aStoppedCommandIsEndedBySigterm() throws Exception {
        start(true, "sh", "-c", "echo >" + file + "; kill -STOP 0");
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(file));
        gate.destroy();
        assertThat(gate.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        assertThat(gate.exitValue()).isEqualTo(128 + 15);
    }

    /** A descendant in a session of its own lives on for a while otherwise, though it loads nothing. */
    @Test
    void whoHoldsTheFirstProcessDoesNotOutliveTheGate() throws Exception {
        start(true, client.toString(), "hold-first", file.toString());
        await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(file).as("ptrace(2) fails with EPERM").content().isEqualTo("1\n");
        gate.destroyForcibly().waitFor();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(CommandLine.of("pgrep", "-f")
                                .run("hold-first " + file)
                                .stdout())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cd /proc/self;", "cd /proc/sys/kernel;", "exec 7</proc;", "exec </proc/1;"})
    void noWayIntoTheHostsProcIsLeftToIt(String before) {
        CommandLine.Result refused =
                CommandLine.of("sh", "-c").run(before + " exec " + String.join(" ", gate(true)) + " true");
        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(125);
        assertThat(refused.stderr())
                .contains("the command cannot be confined: ")
                .contains("in the /proc of the host");
    }
}
