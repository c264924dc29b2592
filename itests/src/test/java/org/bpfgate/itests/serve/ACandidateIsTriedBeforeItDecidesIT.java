package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real loads by a process under {@code exec}: a candidate counts what it would change, and changes nothing before it is promoted. */
@LoadsPrograms
@Timeout(300)
class ACandidateIsTriedBeforeItDecidesIT {
    private static final int EACCES = 13;
    private static final int REFUSED = 10;

    /** The client makes twice as many loads and one. */
    private static final int LOADS = 5;

    private static final int SEEN = 2 * LOADS + 1;

    @TempDir
    private Path root;

    private Path client;
    private Path listed;
    private Path unlisted;

    @BeforeEach
    void prepare() throws IOException {
        Requires.command("gcc");
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        client = root.resolve("load_client");
        CommandLine.Result compiling = CommandLine.of("gcc", "-O2")
                .run("-o", client, Gate.root().resolve("benchmarks/src/main/c/load_client.c"));
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        listed = program("listed", 0);
        unlisted = program("unlisted", 1);
        Path settings = Files.createDirectories(root.resolve("etc/bpfgate"));
        list(Files.createDirectories(settings.resolve("lists.d")).resolve("list"), listed);
        policy(Files.createDirectories(settings.resolve("policy.d")).resolve("listed.ipe"), "listed", "DENY");
        Files.writeString(
                Files.createDirectories(settings.resolve("conf.d")).resolve("org.bpfgate.serve.cfg"),
                "modules.unsigned = allow\n");
    }

    private static void list(Path list, Path... programs) {
        CommandLine.Result built =
                CommandLine.bpfgate().and("allowlist", "build", "-o", list).run((Object[]) programs);
        assertThat(built.exitCode()).as("%s", built).isZero();
    }

    private static Path policy(Path file, String name, String action) throws IOException {
        return Files.writeString(file, """
                # dialect: bpfgate
                policy_name=%s policy_version=1.0.0
                DEFAULT action=%s
                op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
                """.formatted(name, action));
    }

    /** {@code r0 = value; exit}. */
    private Path program(String name, int value) throws IOException {
        byte[] code = new byte[16];
        code[0] = (byte) 0xb7;
        code[4] = (byte) value;
        code[8] = (byte) 0x95;
        return Files.write(root.resolve(name + ".insns"), code);
    }

    /** Loads a program, and returns the error number that all loads ended with. */
    private int load(Path program) {
        CommandLine.Result loaded = CommandLine.bpfgate().and("--root", root).run("exec", "--", client, LOADS, program);
        String printed = loaded.stdout().strip();
        assertThat(loaded.exitCode()).as("%s", loaded).isZero();
        return Integer.parseInt(printed.substring(printed.lastIndexOf(' ') + 1));
    }

    private static JsonNode shown(RunningGate gate) {
        JsonNode[] shown = new JsonNode[1];
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            shown[0] = Json.of(gate.run("candidate", "show", "--format", "json"));
            return shown[0].get("waiting").asInt() == 0;
        });
        return shown[0];
    }

    private static void done(CommandLine.Result result) {
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    @Test
    void aPolicyThatAllowsMoreIsPromotedWhenThatIsWanted() throws Exception {
        Path open = policy(root.resolve("open.ipe"), "open", "ALLOW");
        try (RunningGate gate = RunningGate.ready(root)) {
            done(gate.run("candidate", "start", "--policy", open));
            CommandLine.Result untried = gate.run("candidate", "promote", "--accept-newly-allowed");
            assertThat(untried.exitCode()).isEqualTo(REFUSED);
            assertThat(untried.stderr()).contains("has seen no load").contains("--accept-untried");
            assertThat(load(listed)).isZero();
            assertThat(load(unlisted)).isEqualTo(EACCES);
            JsonNode report = shown(gate);
            assertThat(report.get("seen").asInt()).isEqualTo(2 * SEEN);
            assertThat(report.get("alike").asInt()).isEqualTo(SEEN);
            assertThat(report.get("newlyAllowed").asInt()).isEqualTo(SEEN);
            assertThat(report.get("deniedByBoth").asInt()).isZero();
            assertThat(report.get("failed").asInt()).isZero();
            assertThat(gate.run("metrics").stdout())
                    .contains("bpfgate_candidate_running 1.0\n")
                    .contains("bpfgate_candidate_loads{outcome=\"alike\"} " + SEEN + ".0\n")
                    .contains("bpfgate_candidate_loads{outcome=\"newly_allowed\"} " + SEEN + ".0\n");
            assertThat(report.get("examples").get(0).get("client").asText()).startsWith("load_client[");
            assertThat(gate.run("candidate", "promote").exitCode()).isEqualTo(REFUSED);
            assertThat(load(unlisted)).isEqualTo(EACCES);
            done(gate.run("candidate", "promote", "--accept-newly-allowed"));
            assertThat(load(unlisted)).isZero();
            assertThat(gate.run("status").stdout()).contains("policy open 1.0.0 decides");
            assertThat(gate.run("lsm", "history").stdout()).contains("promote the candidate: policy " + open);
        }
        try (RunningGate gate = RunningGate.ready(root)) {
            assertThat(gate.run("status").stdout()).contains("policy open 1.0.0 decides");
        }
    }

    @Test
    void listsAndAReplacementAreTriedAndAreInForceTogether() throws Exception {
        Path both = root.resolve("both");
        list(both, listed, unlisted);
        try (RunningGate gate = RunningGate.ready(root)) {
            done(gate.run("candidate", "start", "--lists", both));
            assertThat(load(unlisted)).isEqualTo(EACCES);
            assertThat(shown(gate).get("newlyAllowed").asInt()).isEqualTo(SEEN);
            done(gate.run("candidate", "drop"));
            assertThat(load(unlisted)).isEqualTo(EACCES);

            done(gate.run("candidate", "start", "--replace", "ipe=" + Gate.jar("ipe-policy-bundle"), "--lists", both));
            assertThat(load(listed)).isZero();
            JsonNode report = shown(gate);
            assertThat(report.get("alike").asInt()).isEqualTo(SEEN);
            assertThat(report.get("skipped").asInt()).isZero();
            done(gate.run("candidate", "promote"));
            assertThat(load(listed)).isZero();
            assertThat(load(unlisted)).isZero();
            done(gate.run("lsm", "rollback", "ipe"));
            assertThat(load(unlisted)).isZero();
        }
    }
}
