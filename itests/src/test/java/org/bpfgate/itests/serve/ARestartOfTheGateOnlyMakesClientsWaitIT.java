package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients load without pause while the gate is restarted. {@code -Dbpfgate.restarts=1000} restarts it so often in each way, at some two
 * to five seconds each; the limit of time is then that of the caller.
 */
@LoadsPrograms
@Timeout(value = 10, unit = java.util.concurrent.TimeUnit.HOURS)
class ARestartOfTheGateOnlyMakesClientsWaitIT {
    private static final int RESTARTS = Integer.getInteger("bpfgate.restarts", 3);
    private static final int ENOSYS = 38;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path programs;

    private static Path client;
    private static Path manager;

    @TempDir
    private Path root;

    @BeforeAll
    static void compile() {
        Requires.that(
                "root".equals(System.getProperty("user.name")), "loading programs takes root, and this is not root");
        client = CProgram.compiled("steady.c", programs);
        manager = CProgram.compiled("service_manager.c", programs);
    }

    @Test
    void whenTheNextGateTakesOver() throws Exception {
        SteadyClient.list(root);
        RunningGate gate = RunningGate.ready(root);
        try (SteadyClient first = SteadyClient.start(root, client);
                SteadyClient second = SteadyClient.start(root, client)) {
            List<JsonNode> before = listeners();
            for (int i = 0; i < RESTARTS; i++) {
                RunningGate next = gate.successor();
                assertThat(gate.exitCode()).as("%s", gate.log()).isZero();
                gate = next;
            }
            assertThat(listeners().stream().map(each -> each.get("number")).toList())
                    .isEqualTo(before.stream().map(each -> each.get("number")).toList());
            assertThat(listeners().getFirst().get("command"))
                    .isEqualTo(before.getFirst().get("command"));
            assertThat(problems()).isEmpty();
            int loads = requireRight(first.end()) + requireRight(second.end());
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(records("PROG_LOAD")).isEqualTo(loads));
        } finally {
            gate.close();
        }
        assertThat(Files.readString(root.resolve("var/lib/bpfgate/audit.jsonl"))
                        .lines()
                        .filter(line ->
                                line.contains("\"verb\":\"take-over\"") && line.contains("\"outcome\":\"done\"")))
                .hasSize(RESTARTS);
    }

    @Test
    void whenItIsKilledAndSystemdKeepsItsListeners() throws Exception {
        SteadyClient.list(root);
        try (ServiceManager service = ServiceManager.start(manager, root, true);
                SteadyClient first = SteadyClient.start(root, client);
                SteadyClient second = SteadyClient.start(root, client)) {
            List<String> names = new ArrayList<>(List.of(service.stored()));
            names.add(service.stored());
            assertThat(names).containsExactlyInAnyOrder("listener-1", "listener-2");
            for (int i = 0; i < RESTARTS; i++) {
                service.kill();
            }
            service.restart();
            assertThat(listeners().stream()
                            .map(each -> each.get("pid").asLong())
                            .collect(Collectors.toSet()))
                    .isEqualTo(Set.of(first.pid(), second.pid()));
            assertThat(problems()).isEmpty();
            CommandLine.Result refused = bpfgate("serve", "--take-over");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.stderr()).contains("service of systemd").hasLineCount(1);
            requireRight(first.end());
            assertThat(service.removed()).startsWith("listener-");
            requireRight(second.end());
            assertThat(service.removed()).startsWith("listener-");
            await().atMost(LONG).until(() -> listeners().isEmpty());
        }
    }

    private static int requireRight(SteadyClient.Summary summary) {
        assertThat(summary.wrong()).as("%s", summary).isZero();
        assertThat(summary.listed()).isPositive();
        assertThat(summary.refused()).isPositive();
        return summary.loads();
    }

    /** This test stands in for a gate that fails when it has the listeners. */
    @Test
    void whenTheNextGateFails() throws Exception {
        SteadyClient.list(root);
        RunningGate gate = RunningGate.ready(root);
        try (SteadyClient steady = SteadyClient.start(root, client)) {
            try (Asking attempt = new Asking();
                    Asking steps = new Asking()) {
                attempt.ask("take-over", "{\"protocol\":1}");
                assertThat(attempt.answer()).contains("prepared");
                CommandLine.Result change = bpfgate("settings", "org.bpfgate.ipe", "success_audit=true");
                assertThat(change.exitCode()).isEqualTo(10);
                assertThat(change.stderr()).contains("handing its listeners over");
                steps.ask("take-over.release", "{}");
                assertThat(steps.answer()).contains("result");
                assertThat(attempt.answer()).contains("\"listeners\":1");
                assertThat(attempt.answer()).contains(client.toString());
                assertThat(bpfgate("status").stdout())
                        .contains("NOT READY")
                        .contains(
                                "problem: process " + ProcessHandle.current().pid() + " is taking the listeners over");
            }
            await().atMost(LONG).until(() -> bpfgate("status").exitCode() == 0);
            assertThat(listeners()).hasSize(1);
            try (SteadyClient late = SteadyClient.start(root, client)) {
                assertThat(listeners()).hasSize(2);
                // One that fails before that, and one that succeeds.
                try (Asking attempt = new Asking()) {
                    attempt.ask("take-over", "{\"protocol\":1}");
                    assertThat(attempt.answer()).contains("prepared");
                }
                RunningGate next = gate.successor();
                assertThat(gate.exitCode()).isZero();
                gate = next;
                requireRight(late.end());
            }
            requireRight(steady.end());
        } finally {
            gate.close();
        }
    }

    /** A client of the control socket, one line at a time. */
    private final class Asking implements AutoCloseable {
        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final BufferedReader lines;

        private Asking() throws IOException {
            channel.connect(UnixDomainSocketAddress.of(root.resolve("run/bpfgate/control")));
            lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        }

        private void ask(String verb, String arguments) throws IOException {
            channel.write(
                    ByteBuffer.wrap(("{\"version\":1,\"verb\":\"" + verb + "\",\"arguments\":" + arguments + "}\n")
                            .getBytes(StandardCharsets.UTF_8)));
        }

        private String answer() throws IOException {
            return lines.readLine();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Test
    void andWithoutAStoreTheNextGateTellsWhoIsLeft() throws Exception {
        SteadyClient.list(root);
        try (ServiceManager service = ServiceManager.start(manager, root, false);
                SteadyClient left = SteadyClient.start(root, client)) {
            service.kill();
            assertThat(listeners()).isEmpty();
            assertThat(problems())
                    .singleElement()
                    .asString()
                    .contains("process " + left.pid() + " (" + client + " ")
                    .endsWith("fail with ENOSYS; start it again");
            service.kill();
            assertThat(problems()).hasSize(1);
            SteadyClient.Summary summary = left.end();
            assertThat(summary.wrong()).isPositive();
            assertThat(summary.lastError()).isEqualTo(ENOSYS);
            await().atMost(LONG).untilAsserted(() -> assertThat(problems()).isEmpty());
        }
    }

    @Test
    void andTheMetricsPortIsTheNextGates() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RunningGate gate = RunningGate.ready(root);
        try {
            assertThat(bpfgate("settings", "org.bpfgate.observe", "port=" + port)
                            .exitCode())
                    .isZero();
            RunningGate next = gate.successor();
            assertThat(gate.exitCode()).isZero();
            gate = next;
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(metrics(port)).contains("bpfgate_generation"));
            await().atMost(LONG).untilAsserted(() -> assertThat(problems()).isEmpty());
        } finally {
            gate.close();
        }
    }

    private static String metrics(int port) throws IOException {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void andNobodyTakesOverWhereNoGateRuns() {
        CommandLine.Result none = bpfgate("serve", "--take-over");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.stderr()).contains("no gate can be taken over here").hasLineCount(1);
    }

    private CommandLine.Result bpfgate(Object... words) {
        return CommandLine.bpfgate().and("--root", root).run(words);
    }

    private JsonNode status() {
        return Json.of(bpfgate("status", "--format", "json"));
    }

    private List<JsonNode> listeners() {
        return Json.elements(status().get("listeners"));
    }

    private List<String> problems() {
        return Json.elements(status().get("problems")).stream()
                .map(JsonNode::asText)
                .toList();
    }

    private int records(String command) throws IOException {
        return (int) Files.readString(root.resolve("var/lib/bpfgate/audit.jsonl"))
                .lines()
                .map(Json::parse)
                .filter(record -> record.path("command").asText().equals(command))
                .count();
    }
}
