package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One gate runs for all tests; those that end a gate have one of their own. */
@Timeout(180)
class TheRunningGateTellsWhatItIsIT {
    @TempDir
    private static Path root;

    private static RunningGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = RunningGate.ready(root);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void statusTellsModulesPolicyAndWhetherItIsReady() {
        CommandLine.Result status = gate.run("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.stdout())
                .startsWith("ready, pid " + gate.pid() + ", up ")
                .contains("\nmodule hornet ", "\nmodule native ", "\nmodule allowlist ", "\nmodule ipe ")
                .contains("\npolicy installed 1.0.0 decides\n");
        JsonNode json = Json.of(gate.run("status", "--format", "json"));
        assertThat(json.get("ready").asBoolean()).isTrue();
        assertThat(json.get("problems")).isEmpty();
        assertThat(json.get("health")
                        .valueStream()
                        .map(check -> check.get("name").asText() + " "
                                + check.get("status").asText()))
                .contains(
                        "stack OK",
                        "modules OK",
                        "policy OK",
                        "audit OK",
                        "settings and lists OK",
                        "clock OK",
                        "gate OK");
        assertThat(json.get("modules").get(0).get("sha256").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void whatIsWrongIsAProblemOfTheStatusUntilItIsMended(@TempDir Path other) throws IOException {
        try (RunningGate own = RunningGate.ready(other)) {
            Path settings = other.resolve("etc/bpfgate");
            Path policy = Gate.installation().resolve("conf/policy.ipe");
            Files.copy(policy, settings.resolve("policy.d/first.ipe"));
            Files.copy(policy, settings.resolve("policy.d/second.ipe"));
            Files.writeString(settings.resolve("conf.d/org.bpfgate.observe.cfg"), "port = many\n");
            Files.writeString(settings.resolve("lists.d/list"), "no list\n");
            await().untilAsserted(() -> assertThat(problems(own))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("policy.d holds one policy that decides from the start, and has 2"))
                    .anySatisfy(problem -> assertThat(problem)
                            .startsWith("org.bpfgate.observe: port: ")
                            .contains("found \"many\""))
                    .anySatisfy(problem -> assertThat(problem).contains("lists.d/list")));
            assertThat(own.log()).containsOnlyOnce("policy.d holds one policy").doesNotContain("\tat ");
            Files.delete(settings.resolve("policy.d/second.ipe"));
            Files.delete(settings.resolve("conf.d/org.bpfgate.observe.cfg"));
            Files.delete(settings.resolve("lists.d/list"));
            await().untilAsserted(() -> assertThat(problems(own)).isEmpty());
        }
    }

    @Test
    void aFileInADirectoryThatIsNotFollowedAnyMoreIsAProblem(@TempDir Path other) throws IOException {
        try (RunningGate own = RunningGate.ready(other)) {
            Path policies = other.resolve("etc/bpfgate/policy.d");
            Path first = Files.copy(Gate.installation().resolve("conf/policy.ipe"), policies.resolve("first.ipe"));
            await().untilAsserted(() ->
                    assertThat(own.run("settings", "org.bpfgate.ipe").stdout()).contains(first.toString()));
            assertThat(own.run("settings", "org.bpfgate.ipe", "success_audit=true")
                            .exitCode())
                    .isZero();
            assertThat(problems(own)).isEmpty();
            Path second = Files.copy(first, policies.resolve("second.ipe"));
            await().untilAsserted(() -> assertThat(problems(own))
                    .singleElement()
                    .asString()
                    .startsWith("not used, because " + other.resolve("etc/bpfgate/conf.d/org.bpfgate.ipe.cfg"))
                    .contains(second.toString())
                    .doesNotContain(first.toString()));
            assertThat(own.run("settings", "org.bpfgate.ipe", "policy=" + second)
                            .exitCode())
                    .isZero();
            Files.delete(first);
            await().untilAsserted(() -> assertThat(problems(own)).isEmpty());
        }
    }

    /** Another policy decides then, which may let more in. */
    @Test
    void theEndOfTheOnlyPolicyIsLogged(@TempDir Path other) throws IOException {
        Path policies = Files.createDirectories(other.resolve("etc/bpfgate/policy.d"));
        Path policy = Files.copy(Gate.installation().resolve("conf/policy.ipe"), policies.resolve("own.ipe"));
        try (RunningGate own = RunningGate.ready(other)) {
            assertThat(own.log()).doesNotContain("policy.d has no policy");
            Files.delete(policy);
            await().untilAsserted(() -> assertThat(own.log())
                    .containsOnlyOnce("policy.d has no policy any more, so that of the installation decides"));
        }
    }

    /** The JVM does not handle a signal that it was started to ignore. */
    @Test
    void aGateThatIgnoresTheSignalToReadItsSettingsSaysSo(@TempDir Path other) throws IOException {
        try (RunningGate own = RunningGate.readyUnder(other, "nohup")) {
            assertThat(own.log()).containsOnlyOnce("this process ignores SIGHUP");
        }
        assertThat(gate.log()).doesNotContain("ignores SIGHUP");
    }

    private static List<String> problems(RunningGate gate) {
        return Json.of(gate.run("status", "--format", "json"))
                .get("problems")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void aStackWithoutAPolicyIsAProblem(@TempDir Path other) throws IOException {
        try (RunningGate own = RunningGate.ready(other)) {
            assertThat(own.run("settings", "org.bpfgate.framework", "lsm.required=none")
                            .exitCode())
                    .isZero();
            assertThat(own.run("lsm", "stop", "ipe").exitCode()).isZero();
            assertThat(problems(own))
                    .singleElement()
                    .asString()
                    .startsWith("no policy is in the stack and none is required, so every load is let in");
        }
    }

    @Test
    void metricsAreTextOfPrometheus() {
        CommandLine.Result metrics = gate.run("metrics");
        assertThat(metrics.exitCode()).isZero();
        assertThat(metrics.stdout())
                .contains("# TYPE bpfgate_generation gauge\n")
                .contains("\nbpfgate_required_modules_missing 0.0\n")
                .contains("\nbpfgate_held_calls 0.0\n")
                .contains("\nbpfgate_audit_records_waiting ")
                .contains("\nbpfgate_audit_records_lost_total 0.0\n");
    }

    @Test
    void settingsTellEveryKeyAndRefuseUnknownOnes() {
        assertThat(gate.run("settings").stdout())
                .contains("\norg.bpfgate.ipe policy = ")
                .contains("\norg.bpfgate.observe port is not set, which is 0\n")
                .contains("\norg.bpfgate.serve modules.unsigned ");
        CommandLine.Result wrong = gate.run("settings", "org.bpfgate.ipe", "polcy=x");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.stderr()).contains("org.bpfgate.ipe has no key polcy; did you mean policy?");
    }

    @Test
    void aSettingThatCannotBeUsedIsRefusedAndChangesNothing() {
        for (String[] bad : new String[][] {
            {"org.bpfgate.observe", "port=abc"},
            {"org.bpfgate.framework", "lsm.hold=-1"},
            {"org.bpfgate.hornet", "mode=lax"},
            {"org.bpfgate.audit", "file=/nonexistent/directory/audit"}
        }) {
            String before = gate.run("settings", bad[0]).stdout();
            CommandLine.Result refused = gate.run("settings", bad[0], bad[1]);
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(10);
            assertThat(refused.stderr())
                    .hasLineCount(1)
                    .contains(bad[0] + ": " + bad[1].substring(0, bad[1].indexOf('=')) + ": ");
            assertThat(gate.run("settings", bad[0]).stdout()).isEqualTo(before);
        }
        assertThat(gate.run("status", "--format", "json").stdout()).contains("\"problems\":[]");
    }

    @Test
    void whatIsNotEnforcedAndASampleWithoutAKeyAreTold(@TempDir Path other) throws IOException {
        Path settings = Files.createDirectories(other.resolve("etc/bpfgate/conf.d"));
        Files.copy(
                Gate.installation().resolve("conf/samples/org.bpfgate.ipe.cfg"),
                settings.resolve("org.bpfgate.ipe.cfg"));
        try (RunningGate own = RunningGate.ready(other)) {
            assertThat(own.run("status").stdout()).contains("\npolicy installed 1.0.0 decides\n");
            assertThat(own.run("settings", "org.bpfgate.ipe", "enforce=false").exitCode())
                    .isZero();
            assertThat(problems(own))
                    .singleElement()
                    .asString()
                    .contains("enforce: false: denials by module ipe are recorded, and do not count");
        }
    }

    @Test
    void aGateThatDecidedNothingHasNoDecisions() {
        CommandLine.Result decisions = gate.run("decisions", "--denied");
        assertThat(decisions.exitCode()).isZero();
        assertThat(decisions.stdout()).isEmpty();
    }

    @Test
    void whereNoGateRunsVerbsEndWith4(@TempDir Path other) {
        for (String verb : new String[] {"status", "metrics", "decisions"}) {
            CommandLine.Result result = CommandLine.bpfgate().run("--root", other, verb);
            assertThat(result.exitCode()).as(verb).isEqualTo(4);
            assertThat(result.stderr()).hasLineCount(1).contains("no gate runs here");
        }
    }

    @Test
    void aSecondGateOnTheSameDirectoriesIsRefused() {
        CommandLine.Result second = CommandLine.bpfgate().run("--root", root, "serve");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.stderr()).contains(root + "/var/lib/bpfgate: another gate runs on this directory");
        assertThat(gate.run("status").exitCode()).isZero();
    }

    @Test
    void onlyTheOwnerReachesWhatTheGateKeeps() throws IOException {
        assertThat(mode("run/bpfgate/control")).isEqualTo("rw-------");
        assertThat(mode("var/lib/bpfgate")).isEqualTo("rwx------");
        try (Stream<Path> files = Files.walk(root.resolve("var/lib/bpfgate"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .endsWith("---"));
        }
    }

    private static String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }

    @Test
    void aBadRequestIsOneErrorAndTheGateGoesOn() throws IOException {
        assertThat(raw("no JSON\n")).contains("\"kind\":\"usage\"").contains("one JSON object in a line");
        assertThat(raw("{\"version\":7,\"verb\":\"status\"}\n")).contains("this gate speaks version 1");
        assertThat(raw("{\"version\":1,\"verb\":\"statsu\"}\n")).contains("did you mean status?");
        assertThat(raw("{\"version\":1,\"verb\":\"status\",\"arguments\":{\"x\":1}}\n"))
                .contains("\"kind\":\"usage\"")
                .contains("knows no argument x");
        assertThat(raw(request("check", "\"words\":[\"check\",\"--gate\",\"--audit=/tmp/a\",\"--\",\"p\"]")))
                .contains("--audit does not go with check at this socket");
        assertThat(raw(request("check", "\"words\":[\"check\",\"--gate\",\"p\"]")))
                .contains("\"kind\":\"usage\"");
        assertThat(raw(request("settings.set", "\"pid\":\"org.bpfgate.ipe\",\"values\":[\"state=a\\nb=c\"]")))
                .contains("a setting is one line of text");
        assertThat(raw(request("lsm.require", "\"names\":[]"))).contains("name the modules that are required, or none");
        assertThat(raw("x".repeat(70_000))).contains("at most 65536 bytes");
        assertThat(gate.run("status").exitCode()).isZero();
    }

    private static String request(String verb, String arguments) {
        return "{\"version\":1,\"verb\":\"" + verb + "\",\"arguments\":{" + arguments + "}}\n";
    }

    private static String raw(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(root.resolve("run/bpfgate/control")));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPolicyThatIsEditedInPlaceDecidesSoon(@TempDir Path other) throws IOException {
        Path policy =
                Files.createDirectories(other.resolve("etc/bpfgate/policy.d")).resolve("own.ipe");
        String text = Files.readString(Gate.installation().resolve("conf/policy.ipe"));
        Files.writeString(policy, text);
        try (RunningGate own = RunningGate.ready(other)) {
            assertThat(own.run("status").stdout()).contains("\npolicy installed 1.0.0 decides\n");
            Files.writeString(policy, text.replace("policy_version=1.0.0", "policy_version=1.0.1"));
            await().untilAsserted(() ->
                    assertThat(own.run("status").stdout()).contains("\npolicy installed 1.0.1 decides\n"));
            Files.writeString(policy, "no policy");
            await().untilAsserted(() -> assertThat(problems(own))
                    .singleElement()
                    .asString()
                    .contains("own.ipe")
                    .endsWith("the settings stay as they were"));
            assertThat(own.run("status").stdout()).contains("\npolicy installed 1.0.1 decides\n");
        }
    }

    @Test
    void sigtermEndsItInOrderAndSighupDoesNot(@TempDir Path other) throws Exception {
        try (RunningGate own = RunningGate.ready(other)) {
            own.signal("HUP");
            assertThat(own.run("status").exitCode()).isZero();
            own.signal("TERM");
            assertThat(own.exitCode()).isZero();
            assertThat(other.resolve("run/bpfgate/control")).doesNotExist();
            assertThat(own.run("status").exitCode()).isEqualTo(4);
        }
    }

    @Test
    void aSettingThatMakesAModuleMissingIsSeenInTheStatusAndTakenBack(@TempDir Path other) throws Exception {
        try (RunningGate own = RunningGate.ready(other)) {
            Path file = other.resolve("etc/bpfgate/conf.d/org.bpfgate.framework.cfg");
            Files.writeString(file, "lsm.required = hornet, native, allowlist, ipe, other\n");
            await().untilAsserted(() -> {
                CommandLine.Result status = own.run("status");
                assertThat(status.exitCode()).isEqualTo(1);
                assertThat(status.stdout())
                        .startsWith("NOT READY")
                        .contains("problem: the required module other is missing");
            });
            Files.delete(file);
            await().untilAsserted(() -> assertThat(own.run("status").exitCode()).isZero());
        }
    }
}
