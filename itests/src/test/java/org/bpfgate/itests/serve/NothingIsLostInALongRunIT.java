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
 * Clients load signed, listed and other programs without pause, while an operator replaces every shipped module, changes order, settings, lists
 * and policy files, tries and promotes candidates, and the gate is restarted and killed. Every load ends as it should, and has its record, but for those that a killed gate had not written yet: at most one
 * of each client. Two rounds; {@code -Dbpfgate.soak=MINUTES} goes on for so long.
 */
@LoadsPrograms
@Timeout(86_400)
class NothingIsLostInALongRunIT {
    private static final int ROUNDS = 2;
    private static final Duration WANTED = Duration.ofMinutes(Long.getLong("bpfgate.soak", 0));
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final int REFUSED = 10;

    /** Loads that a candidate has to decide alike: each client's next three. */
    private static final int COMPARED = 6;

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
        Path signature = SteadyClient.sign(root);
        Path policy = root.resolve("etc/bpfgate/policy.d/allowlist.ipe");
        Files.writeString(policy, Files.readString(policy) + "op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW\n");
        Files.writeString(
                Files.createDirectories(root.resolve("etc/bpfgate/conf.d")).resolve("org.bpfgate.serve.cfg"),
                "modules.unsigned = allow\n");
        Instant end = Instant.now().plus(WANTED);
        int loads = 0;
        int kills = 0;
        try (ServiceManager service = ServiceManager.start(manager, root, true);
                SteadyClient first = SteadyClient.start(root, client, signature);
                SteadyClient second = SteadyClient.start(root, client, signature)) {
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
                assertThat(summary.signed()).isPositive();
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
        tryCandidates(round);
    }

    /** One that would let everything in is refused, and one that decides alike is promoted. */
    private void tryCandidates(int round) throws IOException {
        String policy = Files.readString(root.resolve("etc/bpfgate/policy.d/allowlist.ipe"));
        Path open = Files.writeString(
                root.resolve("open.ipe"), policy.replace("DEFAULT action=DENY", "DEFAULT action=ALLOW"));
        assertThat(compared("--policy", open).get("newlyAllowed").asInt()).isPositive();
        assertThat(bpfgate("candidate", "promote").exitCode()).isEqualTo(REFUSED);
        done("candidate", "drop");
        Path same = Files.writeString(root.resolve("policy-" + round % 2 + ".ipe"), policy);
        Path list = root.resolve("etc/bpfgate/lists.d/list");
        Path sameList = Files.copy(list, root.resolve("list-" + round % 2), StandardCopyOption.REPLACE_EXISTING);
        JsonNode compared = compared("--policy", same, "--lists", sameList);
        assertThat(compared.get("newlyAllowed").asInt()).as("%s", compared).isZero();
        assertThat(compared.get("newlyDenied").asInt()).as("%s", compared).isZero();
        done("candidate", "promote");
    }

    /** What is followed may change the stack in the second after its file, and no candidate starts while it changes. */
    private void start(Object... options) {
        List<Object> words = new ArrayList<>(List.of("candidate", "start"));
        words.addAll(List.of(options));
        await().atMost(LONG).until(() -> bpfgate(words.toArray()).exitCode() == 0);
    }

    /** Starts a candidate, and waits until it has seen enough. A policy file that was replaced right before ends it, seconds later. */
    private JsonNode compared(Object... options) {
        start(options);
        JsonNode[] shown = new JsonNode[1];
        await().atMost(LONG).until(() -> {
            shown[0] = Json.of(bpfgate("candidate", "show", "--format", "json"));
            if (!shown[0].get("running").asBoolean()) {
                start(options);
                return false;
            }
            return shown[0].get("alike").asInt() >= COMPARED
                    && shown[0].get("waiting").asInt() == 0;
        });
        return shown[0];
    }

    private void done(Object... words) {
        CommandLine.Result result = bpfgate(words);
        assertThat(result.exitCode()).as("%s", result).isZero();
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
