package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asks why bpf(2) fails is told the cause, on the real kernel; each error is first met without the gate. */
@LoadsPrograms
class TheDoctorNamesTheCauseIT {
    private static final int EPERM = 1;
    private static final int E2BIG = 7;
    private static final int EACCES = 13;
    private static final int EINVAL = 22;

    /** A problem was found, or a call failed. */
    private static final int FOUND = 10;

    private static final String[] NOBODY = {
        "setpriv",
        "--reuid",
        "65534",
        "--regid",
        "65534",
        "--clear-groups",
        "--bounding-set",
        "-all",
        "--inh-caps",
        "-all"
    };

    @TempDir
    static Path directory;

    private static Path client;
    private static Path withoutBpf;

    @BeforeAll
    static void compile() throws IOException {
        client = CProgram.compiled("failing_load.c", directory);
        withoutBpf = CProgram.compiled("without_bpf.c", directory);
        Files.setPosixFilePermissions(directory, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the kernel says to the client without a gate. */
    private static int alone(List<String> prefix, String mode) {
        CommandLine.Result result = CommandLine.of(client.toString())
                .under(prefix.toArray(String[]::new))
                .run(mode);
        assertThat(result.stdout()).as("%s", result).matches("\\d+\n");
        return Integer.parseInt(result.stdout().strip());
    }

    private static CommandLine.Result doctor(Object... words) {
        return CommandLine.bpfgate().and("doctor", "--").run(words);
    }

    /** The client meets the same error under the doctor, who names the cause. */
    private static void assertCause(String mode, int errno, String cause, String... texts) {
        assertThat(alone(List.of(), mode)).isEqualTo(errno);
        CommandLine.Result result = doctor(client, mode);
        assertThat(result.stdout()).as("%s", result).isEqualTo(errno + "\n");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(result.stderr())
                .as("%s", result)
                .contains("cause: " + cause + ": ")
                .contains(texts);
    }

    @Test
    void whatWorksIsNoFailure() {
        assertThat(alone(List.of(), "good")).isZero();
        CommandLine.Result result = doctor(client, "good");
        assertThat(result.stdout()).isEqualTo("0\n");
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr())
                .isEqualTo("bpfgate: the command ended with 0; calls of bpf(2) seen: 1, failed: 0\n");
    }

    @Test
    void theVerifierIsQuotedAlsoWhereTheClientWantsNoLog() {
        assertCause(
                "bad_with_log",
                EACCES,
                "verifier",
                "PROG_LOAD of bad_with_log (socket_filter, 1 instruction)",
                "R0 !read_ok");
        assertCause("bad_and_quiet", EACCES, "verifier", "R0 !read_ok");
    }

    @Test
    void anAttributeOfANewerKernel() {
        assertCause("newer", E2BIG, "unknown-attribute", "bpf_attr of 400 bytes");
    }

    @Test
    void aMapTypeThatTheKernelDoesNotKnow() {
        assertCause("map", EINVAL, "unknown-attribute", "MAP_CREATE failed with EINVAL");
    }

    @ParameterizedTest
    @CsvSource({
        "empty, 7, bad-request, insn_cnt is 0",
        "large_map, 7, bad-request, the map is too large",
        "small_log, 28, bad-request, the verifier's log is too small",
        "type77, 22, unknown-attribute, the number 77",
        "device, 95, bad-request, the network device 1",
        "/no/such/pin, 2, not-found, nothing is pinned at the path",
        "/etc/passwd, 13, bad-request, no pinned BPF object",
    })
    void theCauseIsToldByWhatWasAskedFor(String mode, int errno, String cause, String text) {
        Requires.that(alone(List.of(), mode) == errno, "this kernel does not answer " + errno + " to " + mode);
        assertCause(mode, errno, cause, text);
    }

    @ParameterizedTest
    @CsvSource({
        "xdp, '-net_admin,-sys_admin', CAP_NET_ADMIN",
        "tracepoint, '-perfmon,-sys_admin', CAP_PERFMON",
    })
    void aCapabilityThatTheClientLacks(String mode, String dropped, String missing) {
        Requires.command("setpriv");
        List<String> prefix = List.of("setpriv", "--bounding-set", dropped, "--inh-caps", dropped);
        assertThat(alone(prefix, mode)).isEqualTo(EPERM);
        CommandLine.Result result =
                CommandLine.bpfgate().and("doctor", "--").and(prefix.toArray()).run(client, mode);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(result.stderr()).contains("cause: capability: the client lacks " + missing + "\n");
    }

    @Test
    void aCommandThatSucceedsInSpiteOfAFailedCallHasNoProblem() {
        CommandLine.Result result = doctor(client, "bad_and_quiet", "anyway");
        assertThat(result.stdout()).isEqualTo(EACCES + "\n");
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stderr())
                .contains("cause: verifier: ")
                .endsWith("calls of bpf(2) seen: 1, failed: 1, in spite of which the command succeeded\n");
    }

    @Test
    void aCallThatGoesToTheKernelDirectlyIsNotDenied() {
        assertThat(alone(List.of(), "btf")).isEqualTo(EINVAL);
        CommandLine.Result result = doctor(client, "btf");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(result.stderr()).contains("bpfgate saw no call of bpf(2)").contains("BTF_LOAD");
    }

    @Test
    void underAnotherGateThereIsNoSecondOne() {
        CommandLine.Result result = doctor(Gate.installation().resolve("bin/bpfgate"), "doctor", "--format", "json");
        assertThat(finding(result, "seccomp_notification").path("value").asText())
                .isEqualTo("EBUSY");
        CommandLine.Result alone = CommandLine.bpfgate().run("doctor", "--format", "json");
        assertThat(finding(alone, "seccomp_notification").path("value").asText())
                .isEqualTo("yes");
    }

    @Test
    void aClientWithoutCapabilities() {
        Requires.command("setpriv");
        Requires.that(alone(List.of(NOBODY), "good") == EPERM, "this kernel lets everybody load socket filters");
        CommandLine.Result result =
                CommandLine.bpfgate().and("doctor", "--").and((Object[]) NOBODY).run(client, "good");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(result.stderr())
                .contains("cause: capability: the client lacks CAP_BPF")
                .contains("fix: run it as root");
    }

    @Test
    void aProcessWithoutCapabilities() {
        Requires.command("setpriv");
        Requires.that(alone(List.of(NOBODY), "good") == EPERM, "this kernel lets everybody load socket filters");
        CommandLine.Result result = CommandLine.bpfgate().under(NOBODY).run("doctor", "--format", "json");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(state(result, "capabilities")).isEqualTo("problem");
        assertThat(finding(result, "load").path("value").asText()).isEqualTo("EPERM");
        assertThat(finding(result, "load").path("meaning").asText()).endsWith("see capabilities");
    }

    @Test
    void aClientInAUserNamespace() {
        Requires.command("unshare");
        List<String> prefix = List.of("unshare", "-Ur");
        Requires.that(
                CommandLine.of("true").under("unshare", "-Ur").run().exitCode() == 0, "no user namespaces can be made");
        Requires.that(alone(prefix, "good") == EPERM, "capabilities in a user namespace count here");
        CommandLine.Result result = doctor("unshare", "-Ur", client, "good");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(result.stderr()).contains("cause: user-namespace: ");
    }

    @Test
    void anotherSeccompFilterAroundTheDoctor() {
        assertThat(alone(List.of(withoutBpf.toString()), "good")).isEqualTo(EPERM);
        CommandLine.Result result =
                CommandLine.bpfgate().under(withoutBpf.toString()).run("doctor", "--format", "json");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(FOUND);
        assertThat(finding(result, "seccomp").path("value").asText()).isEqualTo("1 filter");
        assertThat(finding(result, "load").path("value").asText()).isEqualTo("EPERM");
        assertThat(finding(result, "load").path("meaning").asText()).endsWith("see seccomp");
    }

    @Test
    void anotherSeccompFilterInsideOfTheCommand() {
        CommandLine.Result result = doctor(withoutBpf, client, "good");
        assertThat(result.stdout()).isEqualTo(EPERM + "\n");
        assertThat(result.stderr()).contains("bpfgate saw no call of bpf(2)").contains("a seccomp filter of its own");
    }

    @Test
    void lockedMemoryCountsWhereTheKernelCountsIt() {
        Requires.command("prlimit");
        List<String> prefix = List.of("prlimit", "--memlock=0:0");
        CommandLine.Result result =
                CommandLine.bpfgate().under(prefix.toArray(String[]::new)).run("doctor", "--format", "json");
        JsonNode memlock = finding(result, "memlock");
        assertThat(memlock.path("value").asText()).isEqualTo("0 bytes");
        boolean counts = alone(prefix, "good") != 0;
        assertThat(memlock.path("state").asText()).isEqualTo(counts ? "note" : "ok");
        if (!counts) {
            assertThat(memlock.path("meaning").asText()).contains("not counted");
        }
    }

    @Test
    void theHostIsToldInTextAndInJson() {
        CommandLine.Result text = CommandLine.bpfgate().run("doctor");
        CommandLine.Result json = CommandLine.bpfgate().run("doctor", "--format", "json");
        assertThat(text.exitCode()).as("%s", text).isEqualTo(json.exitCode());
        boolean loads = alone(List.of(), "good") == 0;
        assertThat(state(json, "load")).isEqualTo(loads ? "ok" : "problem");
        for (String id : List.of(
                "kernel",
                "config",
                "btf",
                "lockdown",
                "unprivileged_bpf_disabled",
                "jit",
                "jit_harden",
                "lsm",
                "bpffs",
                "user_namespace",
                "capabilities",
                "seccomp",
                "seccomp_notification",
                "memlock",
                "load",
                "tags",
                "keyrings")) {
            assertThat(finding(json, id).path("meaning").asText()).as(id).isNotEmpty();
            assertThat(text.stdout()).contains(" " + id + ": ");
        }
        String release = System.getProperty("os.version");
        assertThat(finding(json, "kernel").path("value").asText()).isEqualTo(release);
    }

    @Test
    void theReportGoesToAFileWhereOneIsNamed() throws IOException {
        Path report = directory.resolve("report.json");
        CommandLine.Result result =
                CommandLine.bpfgate().run("doctor", "--format", "json", "-o", report, "--", client, "bad_and_quiet");
        assertThat(result.stderr()).isEmpty();
        JsonNode failure = Json.parse(Files.readString(report)).path("failures").path(0);
        assertThat(failure.path("cause").asText()).isEqualTo("verifier");
        assertThat(failure.path("errno").asText()).isEqualTo("EACCES");
        assertThat(failure.path("log").toString()).contains("R0 !read_ok");
    }

    @Test
    void aCommandThatCannotBeStartedHasTheCodesOfEnv() {
        assertThat(doctor("/no/such/command").exitCode()).isEqualTo(127);
        assertThat(doctor("/etc/passwd").exitCode()).isEqualTo(126);
    }

    private static JsonNode finding(CommandLine.Result result, String id) {
        for (JsonNode finding : Json.of(result).path("host")) {
            if (finding.path("id").asText().equals(id)) {
                return finding;
            }
        }
        throw new AssertionError("no finding " + id + ": " + result);
    }

    private static String state(CommandLine.Result result, String id) {
        return finding(result, id).path("state").asText();
    }
}
