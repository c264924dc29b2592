package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --gate} tells what the running gate would say, and the gate keeps nothing of it. */
@Timeout(180)
class CheckAsksTheRunningGateIT {
    @TempDir
    private static Path root;

    private static RunningGate gate;

    @BeforeAll
    static void start() throws IOException {
        Path settings = Files.createDirectories(root.resolve("etc/bpfgate"));
        Path lists = Files.createDirectories(settings.resolve("lists.d"));
        Path policies = Files.createDirectories(settings.resolve("policy.d"));
        Files.copy(Quickstart.directory().resolve("allowlist"), lists.resolve("allowlist"));
        Files.copy(Gate.root().resolve("examples/enforce/allowlist.ipe"), policies.resolve("allowlist.ipe"));
        gate = RunningGate.ready(root);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    @Test
    void theAnswerIsTheGatesAndAsCheckGivesIt() {
        Path listed = Quickstart.program("xdp_count.o");
        Path changed = Quickstart.program("xdp_count-changed.o");
        CommandLine.Result asked = gate.run("check", "--gate", listed, changed);
        CommandLine.Result own = CommandLine.bpfgate()
                .run(
                        "check",
                        "--policy",
                        Gate.root().resolve("examples/enforce/allowlist.ipe"),
                        "--allowlist",
                        root.resolve("etc/bpfgate/lists.d/allowlist"),
                        listed,
                        changed);
        assertThat(asked.exitCode()).isEqualTo(own.exitCode()).isEqualTo(10);
        assertThat(asked.stdout()).isEqualTo(own.stdout()).contains("ALLOW", "DENY");
        assertThat(gate.run("check", "--gate", listed).exitCode()).isZero();
        JsonNode json = Json.of(gate.run("check", "--gate", "--format", "json", changed));
        assertThat(json.get("programs").get(0).get("decision").asText()).isEqualTo("DENY");
    }

    @Test
    void namesAreThoseOfWhoAsks() {
        CommandLine.Result relative = CommandLine.of("sh", "-c")
                .run("cd " + Quickstart.directory() + " && exec "
                        + Gate.installation().resolve("bin/bpfgate") + " --root " + root
                        + " check --gate programs/xdp_count.o");
        assertThat(relative.exitCode()).as("%s", relative).isZero();
        CommandLine.Result piped = CommandLine.of("sh", "-c")
                .run(Gate.installation().resolve("bin/bpfgate") + " --root " + root + " check --gate - < "
                        + Quickstart.program("xdp_count.o"));
        assertThat(piped.exitCode()).as("%s", piped).isZero();
        assertThat(piped.stdout()).startsWith("ALLOW  -#xdp_count ").doesNotContain("bpfgate-input");
        CommandLine.Result missing = gate.run("check", "--gate", root.resolve("nothing.o"));
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(missing.stderr()).hasLineCount(1).contains("nothing.o");
    }

    @Test
    void nothingOfItIsKept() throws IOException {
        String metrics = decisions();
        long records = records();
        assertThat(gate.run("check", "--gate", Quickstart.program("xdp_count-changed.o"))
                        .exitCode())
                .isEqualTo(10);
        assertThat(gate.run("decisions").stdout()).isEmpty();
        assertThat(decisions()).isEqualTo(metrics);
        assertThat(records()).isEqualTo(records);
    }

    private static String decisions() {
        return gate.run("metrics")
                .stdout()
                .lines()
                .filter(line -> line.startsWith("bpfgate_commands")
                        || line.startsWith("bpfgate_verdicts")
                        || line.startsWith("bpfgate_denials"))
                .toList()
                .toString();
    }

    private static long records() throws IOException {
        try (var lines = Files.lines(root.resolve("var/lib/bpfgate/audit.jsonl"))) {
            return lines.count();
        }
    }

    @Test
    void whatDecidesIsNotForWhoAsks(@TempDir Path other) {
        for (String option : new String[] {"--policy=x", "--trust=x", "--allowlist=x", "--permissive", "--audit=x"}) {
            CommandLine.Result result = gate.run("check", "--gate", option, Quickstart.program("xdp_count.o"));
            assertThat(result.exitCode()).as(option).isEqualTo(2);
            assertThat(result.stderr())
                    .contains("does not go with --gate: the running gate decides by its own settings");
        }
        CommandLine.Result none =
                CommandLine.bpfgate().run("--root", other, "check", "--gate", Quickstart.program("xdp_count.o"));
        assertThat(none.exitCode()).isEqualTo(4);
        assertThat(none.stderr()).hasLineCount(1).contains("no gate runs here");
    }
}
