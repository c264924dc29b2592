package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * Two real clients load a listed program and another one without pause, while an operator replaces every shipped module and rolls it back, in one
 * shell. Each load ends as it should.
 */
@LoadsPrograms
@Timeout(300)
class AnOperatorSwapsShippedModulesUnderLoadIT {
    /** Between two loads of a client, in milliseconds. Without it they would wear out the kernel of a machine that runs all tests. */
    private static final int PAUSE = 5;

    /** How often each module is replaced and rolled back. */
    private static final int CYCLES = 10;

    private static final Map<String, String> BUNDLES =
            Map.of("hornet", "integrity-sig-bundle", "allowlist", "integrity-hash-bundle", "ipe", "ipe-policy-bundle");

    @TempDir
    private Path root;

    @Test
    void everyLoadIsDecidedAsBeforeAndAfter() throws Exception {
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Path client = CProgram.compiled("steady.c", root);
        SteadyClient.list(root);
        Files.writeString(
                Files.createDirectories(root.resolve("etc/bpfgate/conf.d")).resolve("org.bpfgate.serve.cfg"),
                "modules.unsigned = allow\n");
        try (RunningGate gate = RunningGate.ready(root);
                SteadyClient first = SteadyClient.start(root, client, PAUSE);
                SteadyClient second = SteadyClient.start(root, client, PAUSE)) {
            CommandLine.Result changes = gate.run("shell", "-c", script());
            assertThat(changes.exitCode()).as("%s", changes).isZero();
            int listed = 0;
            int refused = 0;
            for (SteadyClient each : List.of(first, second)) {
                SteadyClient.Summary summary = each.end();
                assertThat(summary.wrong()).as("%s", summary).isZero();
                listed += summary.listed();
                refused += summary.refused();
            }
            assertThat(refused).isPositive();
            String metrics = gate.run("metrics").stdout();
            assertThat(count(metrics, "allow")).isEqualTo(listed);
            assertThat(count(metrics, "deny")).isEqualTo(refused);
            assertThat(metrics).contains("\nbpfgate_audit_records_lost_total 0.0\n");
            // Each module came and went at least once while a client loaded.
            assertThat(generationsThatDecided(gate)).hasSizeGreaterThan(2 * BUNDLES.size());
            assertThat(gate.run("lsm", "history").stdout())
                    .contains("replace org.bpfgate.policy.ipe", "roll back org.bpfgate.policy.ipe");
        }
    }

    private static String script() {
        StringBuilder script = new StringBuilder();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            BUNDLES.forEach((module, bundle) -> script.append("lsm replace ")
                    .append(module)
                    .append(' ')
                    .append(Gate.jar(bundle))
                    .append(" && lsm rollback ")
                    .append(module)
                    .append(" && "));
        }
        return script.append("status").toString();
    }

    private static Set<Integer> generationsThatDecided(RunningGate gate) {
        return gate.run("decisions", "--format", "json", "--last", "4096")
                .stdout()
                .lines()
                .map(line -> Json.parse(line).get("generation").asInt())
                .collect(Collectors.toSet());
    }

    private static int count(String metrics, String decision) {
        Matcher found = Pattern.compile(
                        "bpfgate_commands_total\\{command=\"PROG_LOAD\",decision=\"" + decision + "\"} ([0-9.E]+)")
                .matcher(metrics);
        return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
    }
}
