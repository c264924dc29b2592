package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients load without pause, while an operator replaces every shipped module, changes order, settings, lists and policy files, and the gate
 * is restarted and killed. Every load ends as it should, and has its record, but for those that a killed gate had not written yet: at most one
 * of each client. Two rounds; {@code -Dbpfgate.soak=MINUTES} goes on for so long.
 */
@LoadsPrograms
@Timeout(86_400)
class NothingIsLostInALongRunIT {
    private static final int ROUNDS = 2;
    private static final Duration WANTED = Duration.ofMinutes(Long.getLong("bpfgate.soak", 0));
    private static final Duration LONG = Duration.ofSeconds(60);

    /** What a JVM that is warm may have more than one that is not. */
    private static final int MORE_DESCRIPTORS = 20;

    private static final int MORE_THREADS = 20;

    private static final Map<String, String> BUNDLES =
            Map.of("hornet", "integrity-sig-bundle", "allowlist", "integrity-hash-bundle", "ipe", "ipe-policy-bundle");

    @TempDir
    private Path root;

    @Test
    void whateverAnOperatorDoes() throws Exception {
        Requires.that(
                "root".equals(System.getProperty("user.name")), "loading programs takes root, and this is not root");
        Path client = CProgram.compiled("steady.c", root);
        Path manager = CProgram.compiled("service_manager.c", root);
        SteadyClient.list(root);
        Files.writeString(
                Files.createDirectories(root.resolve("etc/bpfgate/conf.d")).resolve("org.bpfgate.serve.cfg"),
                "modules.unsigned = allow\n");
        Instant end = Instant.now().plus(WANTED);
        int loads = 0;
        int kills = 0;
        try (ServiceManager service = ServiceManager.start(manager, root, true);
                SteadyClient first = SteadyClient.start(root, client);
                SteadyClient second = SteadyClient.start(root, client)) {
            for (int round = 0; round < ROUNDS || Instant.now().isBefore(end); round++) {
                operate(round);
                List<Integer> before = sizes();
                operate(round);
                List<Integer> after = sizes();
                assertThat(after.get(0)).as("descriptors").isLessThanOrEqualTo(before.get(0) + MORE_DESCRIPTORS);
                assertThat(after.get(1)).as("threads").isLessThanOrEqualTo(before.get(1) + MORE_THREADS);
                service.kill();
                kills++;
                service.restart();
                // Settings and lists are followed within seconds.
                await().atMost(LONG).until(() -> bpfgate("status").exitCode() == 0);
            }
            for (SteadyClient each : List.of(first, second)) {
                SteadyClient.Summary summary = each.end();
                assertThat(summary.wrong()).as("%s", summary).isZero();
                assertThat(summary.listed()).isPositive();
                assertThat(summary.refused()).isPositive();
                loads += summary.loads();
            }
            int most = loads;
            int fewest = loads - 2 * kills;
            await().atMost(LONG).untilAsserted(() -> assertThat(records()).isBetween(fewest, most));
        }
    }

    /** What an operator does; each word has to succeed. */
    private void operate(int round) throws IOException {
        List<String> words = new ArrayList<>();
        BUNDLES.forEach((module, bundle) -> {
            words.add("lsm replace " + module + " " + Gate.jar(bundle));
            words.add("lsm order " + module);
            words.add("lsm rollback " + module);
            words.add("lsm order --reset");
        });
        words.add("settings org.bpfgate.observe port=0");
        words.add("decisions --last 1");
        CommandLine.Result done = bpfgate("shell", "-c", String.join(" && ", words));
        assertThat(done.exitCode()).as("%s", done).isZero();
        Path settings = root.resolve("etc/bpfgate");
        replace(settings.resolve("lists.d/list"), "# round " + round);
        replace(settings.resolve("policy.d/allowlist.ipe"), "# round " + round);
    }

    /** A file with the same meaning takes the place of another one, as an editor does it. */
    private static void replace(Path file, String comment) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Files.writeString(next, Files.readString(file) + comment + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns how many descriptors and threads the gate has. */
    private List<Integer> sizes() throws IOException {
        JsonNode status = Json.of(bpfgate("status", "--format", "json"));
        String process = "/proc/" + status.get("pid").asLong();
        return List.of(count(Path.of(process, "fd")), count(Path.of(process, "task")));
    }

    private static int count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }

    private CommandLine.Result bpfgate(Object... words) {
        return CommandLine.bpfgate().and("--root", root).run(words);
    }

    private int records() throws IOException {
        return (int) Files.readString(root.resolve("var/lib/bpfgate/audit.jsonl"))
                .lines()
                .map(Json::parse)
                .filter(record -> record.path("command").asText().equals("PROG_LOAD"))
                .count();
    }
}
