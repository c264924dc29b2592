package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real clients become what they are under {@code exec}, and one gate decides on what they load. */
@LoadsPrograms
@Timeout(180)
class ProcessesUnderExecAreDecidedOnIT {
    private static final int NOBODY = 65534;

    @TempDir
    private static Path root;

    private static RunningGate gate;

    @BeforeAll
    static void start() throws IOException {
        Requires.that(
                "root".equals(System.getProperty("user.name")), "loading programs takes root, and this is not root");
        Requires.command("bpftool");
        Requires.command("unshare");
        Path settings = Files.createDirectories(root.resolve("etc/bpfgate"));
        Path lists = Files.createDirectories(settings.resolve("lists.d"));
        Path policies = Files.createDirectories(settings.resolve("policy.d"));
        Files.copy(Quickstart.directory().resolve("allowlist"), lists.resolve("allowlist"));
        Files.copy(Gate.root().resolve("examples/enforce/allowlist.ipe"), policies.resolve("allowlist.ipe"));
        gate = RunningGate.ready(root);
    }

    @AfterAll
    static void stop() {
        if (gate != null) {
            gate.close();
        }
    }

    @Test
    void whatIsListedIsLoadedAndWhatIsNotIsRefusedWithItsReason() {
        CommandLine.Result listed = load("xdp_count.o");
        assertThat(listed.exitCode()).as("%s", listed).isZero();
        CommandLine.Result changed = load("xdp_count-changed.o");
        assertThat(changed.exitCode()).isNotZero();
        assertThat(changed.stderr()).contains("allowlist UNEXPECTED: listed digest differs: name xdp_count");
        CommandLine.Result denials = gate.run("decisions", "--denied", "--format", "json");
        List<JsonNode> denied = denials.stdout().lines().map(Json::parse).toList();
        assertThat(denied).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.get("program").asText()).isEqualTo("xdp_count");
            assertThat(decision.get("deniedBy").asText()).isEqualTo("ipe");
            assertThat(decision.get("client").get("comm").asText()).isEqualTo("bpftool");
        });
        assertThat(gate.run("metrics").stdout())
                .contains("bpfgate_commands_total{command=\"PROG_LOAD\",decision=\"deny\"} " + denied.size() + ".0\n")
                .contains("bpfgate_denials_total{lsm=\"ipe\"} " + denied.size() + ".0\n");
    }

    @Test
    void runAsksItTooWhenItIsTold() {
        CommandLine.Result changed = load("run --gate", "xdp_count-changed.o");
        assertThat(changed.exitCode()).isNotZero();
        assertThat(gate.run("decisions", "--denied").stdout()).contains(" DENY PROG_LOAD xdp_count");
        assertThat(gate.run("run", "--gate", "--", "sh", "-c", "exit 7").exitCode())
                .isEqualTo(7);
        CommandLine.Result own = gate.run("run", "--gate", "--permissive", "--", "true");
        assertThat(own.exitCode()).isEqualTo(125);
        assertThat(own.stderr()).contains("--permissive does not go with --gate");
    }

    private static CommandLine.Result load(String program) {
        return load("exec", program);
    }

    private static CommandLine.Result load(String verb, String program) {
        String exec = Gate.installation().resolve("bin/bpfgate") + " --root " + root + " " + verb + " -- ";
        return CommandLine.of("unshare", "--mount", "--net", "sh", "-c")
                .run("mount -t bpf bpf /sys/fs/bpf && exec " + exec + "bpftool prog load " + Quickstart.program(program)
                        + " /sys/fs/bpf/loaded");
    }

    @Test
    void theGateKnowsWhoIsAttachedUntilTheyEnd() throws Exception {
        Process client = new ProcessBuilder(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "--root",
                        root.toString(),
                        "exec",
                        "--",
                        "sleep",
                        "600")
                .inheritIO()
                .start();
        try {
            await().untilAsserted(() -> assertThat(attached("sleep 600"))
                    .singleElement()
                    .satisfies(
                            listener -> assertThat(listener.get("pid").asLong()).isEqualTo(client.pid())));
            await().untilAsserted(
                            () -> assertThat(client.info().command().orElse("")).endsWith("/sleep"));
        } finally {
            client.destroy();
        }
        await().untilAsserted(() -> assertThat(attached("sleep 600")).isEmpty());
    }

    @Test
    void aUserHasAsManyListenersAsTheSettingSays() throws Exception {
        Requires.command("setpriv");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        CommandLine.Result limited = gate.run("settings", "org.bpfgate.serve", "listeners.per.user=2");
        assertThat(limited.exitCode()).as("%s", limited).isZero();
        List<Process> clients = List.of(asNobody("sleep", "601"), asNobody("sleep", "602"));
        try {
            await().untilAsserted(() -> assertThat(attachedToNobody())
                    .hasSize(2)
                    .allSatisfy(
                            listener -> assertThat(listener.get("uid").asLong()).isEqualTo(NOBODY)));
            CommandLine.Result third = nobody().run("exec", "--", "touch", root.resolve("third"));
            assertThat(third.exitCode()).isEqualTo(125);
            assertThat(third.stderr().lines())
                    .singleElement()
                    .asString()
                    .contains("user 65534 has as many listeners at this gate as it may have, 2;")
                    .contains("listeners.per.user of org.bpfgate.serve");
            assertThat(root.resolve("third")).doesNotExist();
            assertThat(gate.run("exec", "--", "true").exitCode()).as("root").isZero();
            clients.getFirst().destroy();
            await().untilAsserted(() -> assertThat(attachedToNobody()).hasSize(1));
            assertThat(nobody().run("exec", "--", "true").exitCode()).isZero();
        } finally {
            clients.forEach(Process::destroy);
            gate.run("settings", "org.bpfgate.serve", "listeners.per.user=");
        }
    }

    private static List<JsonNode> attachedToNobody() {
        return Stream.concat(attached("sleep 601").stream(), attached("sleep 602").stream())
                .toList();
    }

    private static CommandLine nobody() {
        return CommandLine.bpfgate()
                .and("--root", root)
                .under("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    }

    private static Process asNobody(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                Gate.installation().resolve("bin/bpfgate").toString(),
                "--root",
                root.toString(),
                "exec",
                "--"));
        words.addAll(List.of(command));
        return new ProcessBuilder(words).inheritIO().start();
    }

    private static List<JsonNode> attached(String command) {
        return Json.of(gate.run("status", "--format", "json"))
                .get("listeners")
                .valueStream()
                .filter(listener -> listener.get("command").asText().equals(command))
                .toList();
    }

    @Test
    void theExitCodeIsTheCommandsAndWithoutAGateItIs125(@TempDir Path other) {
        assertThat(gate.run("exec", "--", "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
        assertThat(gate.run("exec", "--", "no-such-command").exitCode()).isEqualTo(127);
        CommandLine.Result none = CommandLine.bpfgate().run("--root", other, "exec", "--", "sh", "-c", "echo was run");
        assertThat(none.exitCode()).isEqualTo(125);
        assertThat(none.stdout()).isEmpty();
        assertThat(none.stderr()).hasLineCount(1);
    }

    @Test
    void whatTheGateTakesAfterItsStartDecides(@TempDir Path other) throws Exception {
        try (RunningGate own = RunningGate.ready(other)) {
            assertThat(own.run("settings").stdout()).contains("org.bpfgate.allowlist lists = none\n");
            Files.copy(Quickstart.directory().resolve("allowlist"), other.resolve("etc/bpfgate/lists.d/late"));
            await().untilAsserted(() -> assertThat(
                            own.run("settings", "org.bpfgate.allowlist").stdout())
                    .contains("org.bpfgate.allowlist lists = " + other + "/etc/bpfgate/lists.d/late\n"));
        }
    }
}
