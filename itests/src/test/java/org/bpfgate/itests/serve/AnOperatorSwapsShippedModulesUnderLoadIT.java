package org.bpfgate.itests.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real clients load without pause, one a listed program and one that is not, while an operator replaces every shipped module and rolls
 * it back, in one shell. A client fails as soon as one load ends otherwise than its first.
 */
@LoadsPrograms
@Timeout(300)
class AnOperatorSwapsShippedModulesUnderLoadIT {
    private static final int EACCES = 13;

    /** Each client makes twice as many loads and one. More would wear out the kernel of a machine that runs all tests. */
    private static final int LOADS = 1500;

    /** How often each module is replaced and rolled back. */
    private static final int CYCLES = 10;

    private static final Map<String, String> BUNDLES =
            Map.of("hornet", "integrity-sig-bundle", "allowlist", "integrity-hash-bundle", "ipe", "ipe-policy-bundle");

    @TempDir
    private Path root;

    @Test
    void everyLoadIsDecidedAsBeforeAndAfter() throws Exception {
        Requires.command("gcc");
        Requires.that("root".equals(System.getProperty("user.name")), "loading programs takes root");
        Path client = client();
        Path listed = program("listed", 0);
        Path unlisted = program("unlisted", 1);
        writeSettings(listed);
        try (RunningGate gate = RunningGate.ready(root)) {
            Process allowed = load(client, listed);
            Process denied = load(client, unlisted);
            CommandLine.Result changes = gate.run("shell", "-c", script());
            assertThat(changes.exitCode()).as("%s", changes).isZero();
            assertThat(result(allowed)).isZero();
            assertThat(result(denied)).isEqualTo(EACCES);
            String metrics = gate.run("metrics").stdout();
            assertThat(count(metrics, "allow")).isEqualTo(2 * LOADS + 1);
            assertThat(count(metrics, "deny")).isEqualTo(2 * LOADS + 1);
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

    private void writeSettings(Path listed) throws IOException {
        Path settings = Files.createDirectories(root.resolve("etc/bpfgate"));
        Path list = Files.createDirectories(settings.resolve("lists.d")).resolve("list");
        assertThat(CommandLine.bpfgate()
                        .run("allowlist", "build", "-o", list, listed)
                        .exitCode())
                .isZero();
        Files.writeString(Files.createDirectories(settings.resolve("policy.d")).resolve("listed.ipe"), """
                # dialect: bpfgate
                policy_name=listed policy_version=1.0.0
                DEFAULT action=DENY
                op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW
                """);
        Files.writeString(
                Files.createDirectories(settings.resolve("conf.d")).resolve("org.bpfgate.serve.cfg"),
                "modules.unsigned = allow\n");
    }

    private Path client() {
        Path program = root.resolve("load_client");
        CommandLine.Result compiling = CommandLine.of("gcc", "-O2")
                .run("-o", program, Gate.root().resolve("benchmarks/src/main/c/load_client.c"));
        assertThat(compiling.exitCode()).as("%s", compiling).isZero();
        return program;
    }

    /** {@code r0 = value; exit}. */
    private Path program(String name, int value) throws IOException {
        byte[] code = new byte[16];
        code[0] = (byte) 0xb7;
        code[4] = (byte) value;
        code[8] = (byte) 0x95;
        return Files.write(root.resolve(name + ".insns"), code);
    }

    private Process load(Path client, Path program) throws IOException {
        return new ProcessBuilder(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "--root",
                        root.toString(),
                        "exec",
                        "--",
                        client.toString(),
                        String.valueOf(LOADS),
                        program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The client prints the median, the 99th percentile and the error number of its loads. */
    private static int result(Process client) throws IOException, InterruptedException {
        String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(client.waitFor()).as(printed).isZero();
        return Integer.parseInt(printed.substring(printed.lastIndexOf(' ') + 1));
    }

    private static int count(String metrics, String decision) {
        Matcher found = Pattern.compile(
                        "bpfgate_commands_total\\{command=\"PROG_LOAD\",decision=\"" + decision + "\"} ([0-9.E]+)")
                .matcher(metrics);
        return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
    }
}
