package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.Requires;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each cause of a denial is named by {@code bpfgate run} as what it is, with a remedy that helps; what is wrong before, before. */
@Tag("kernel")
class WhatHelpsIsOnlyWhatCanHelpIT {
    /** SHA-256 of "r0 = 1; exit", which the client loads as socket_filter: {@code sha256sum} over its 16 bytes. */
    private static final String DIGEST = "b11459a0e11ca14cbaa33cc108ffff8ff07ba54b6c389514b3c122ab54b34551";

    private static final String BY_LIST =
            "DEFAULT action=DENY\nop=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW\n";

    @TempDir
    Path directory;

    private Path client;

    @BeforeEach
    void compile() {
        client = CProgram.compiled("load_once.c", directory);
    }

    private Path policy(String dialect, String rules) throws IOException {
        return Files.writeString(
                directory.resolve("policy.ipe"),
                "# dialect: " + dialect + "\npolicy_name=test policy_version=1.0.0\n" + rules);
    }

    private Path list(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static CommandLine.Result run(List<Object> options, Object... command) {
        return CommandLine.bpfgate().and("run").and(options.toArray()).and("--").run(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        valid-until 2020-01-01T00:00:00Z | type=socket_filter | which was valid only until 2020-01-01T00:00:00Z | a program of a list that has expired
        valid-from 9000-01-01T00:00:00Z  | type=socket_filter | which is valid only from 9000-01-01T00:00:00Z   | a program of a list that is not valid yet
        ''                               | type=xdp           | listed for type xdp, loaded as socket_filter    | a program that the list has for another type
        """)
    void anEntryThatDoesNotCountIsNotTakenForOneThatIsMissing(String directive, String type, String why, String remedy)
            throws IOException {
        String first = directive.isEmpty() ? "" : "#!" + directive + "\n";
        Path list = list("list", first + DIGEST + "  once # " + type + "\n");
        CommandLine.Result run = run(List.of("--policy", policy("bpfgate", BY_LIST), "--allowlist", list), client);
        assertThat(run.exitCode()).as("%s", run).isNotZero();
        assertThat(run.stderr().lines().filter(line -> line.startsWith("bpfgate: denied: ")))
                .singleElement()
                .asString()
                .contains("; allowlist: ", why);
        assertThat(run.stderr().lines().filter(line -> line.startsWith("bpfgate: what helps: ")))
                .singleElement()
                .asString()
                .startsWith("bpfgate: what helps: " + remedy);
        if (!directive.isEmpty()) {
            assertThat(run.stderr())
                    .startsWith("bpfgate: warning: " + list + ": the list ")
                    .contains("it lets in nothing");
        }
    }

    @Test
    void aRevokedProgramIsToldWithTheListAndTheLine() throws IOException {
        Path list = list("list", DIGEST + "  once # type=socket_filter\n");
        Path revoked = list("revoked", "#!valid-from 2020-01-01T00:00:00Z\n" + DIGEST + "  once\n");
        CommandLine.Result run = run(
                List.of("--policy", policy("bpfgate", BY_LIST), "--allowlist", list, "--revocations", revoked), client);
        assertThat(run.stderr())
                .contains("; allowlist: revoked since 2020-01-01T00:00:00Z: name once in list " + revoked + ":2")
                .contains("bpfgate: what helps: a program that is revoked: ")
                .doesNotContain("bpfgate learn");
    }

    /** No list and no signature changes what these policies decide. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops7;DEFAULT action=DENY",
                "bpfgate;DEFAULT action=DENY",
                "bpfgate;DEFAULT action=DENY;op=BPF_PROG_LOAD bpf_client_exe=sha256:" + DIGEST + " action=ALLOW",
                "bpfgate;DEFAULT action=ALLOW;op=BPF_PROG_LOAD action=DENY;"
                        + "op=BPF_PROG_LOAD bpf_integrity=allowlist:OK action=ALLOW",
            })
    void whereTheListDoesNotDecideNobodyIsToldToLearnOne(String text) throws IOException {
        String[] parts = text.split(";", 2);
        CommandLine.Result run = run(List.of("--policy", policy(parts[0], parts[1].replace(';', '\n') + "\n")), client);
        assertThat(run.stderr())
                .as("%s", run)
                .contains("bpfgate: denied: ")
                .contains("bpfgate: what helps: ")
                .doesNotContain("bpfgate learn")
                .doesNotContain("bpf_trial");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bpf_integrity=alowlist:OK            | allowlist
        until=2020-01-01T00:00:00Z           | the time is over
        """)
    void whatIsCertainlyWrongInThePolicyIsToldBefore(String word, String message) throws IOException {
        Path policy = policy("bpfgate", "DEFAULT action=ALLOW\nop=BPF_PROG_LOAD " + word + " action=ALLOW\n");
        CommandLine.Result run = run(List.of("--policy", policy), "true");
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stderr().lines())
                .singleElement()
                .asString()
                .startsWith("bpfgate: warning: " + policy + ":4:")
                .contains(message);
    }

    @Test
    void manyWarningsAreCounted() throws IOException {
        StringBuilder rules = new StringBuilder("DEFAULT action=DENY\n");
        for (int i = 1; i <= 7; i++) {
            rules.append("op=BPF_PROG_LOAD bpf_integrity=list").append(i).append(":OK action=ALLOW\n");
        }
        Path policy = policy("bpfgate", rules.toString());
        CommandLine.Result run = run(List.of("--policy", policy), "true");
        assertThat(run.stderr().lines())
                .hasSize(6)
                .allMatch(line -> line.startsWith("bpfgate: warning: "))
                .last()
                .isEqualTo("bpfgate: warning: and 2 more: bpfgate policy lint " + policy);
    }

    /** The command gets EPERM from the kernel, which never asks the gate; somebody has to say why. */
    @Test
    void whoLacksTheRightsForMapsIsToldToo() throws IOException {
        Requires.command("setpriv");
        Path maps = CProgram.compiled("maps.c", directory);
        String[] nobody = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        CommandLine.Result bare = CommandLine.of(maps.toString()).under(nobody).run();
        Requires.that(bare.exitCode() != 0, "this kernel lets everybody create maps: " + bare);
        CommandLine.Result run = CommandLine.of(
                        Gate.installation().resolve("bin/bpfgate").toString(),
                        "run",
                        "--policy",
                        policy("bpfgate", "DEFAULT action=ALLOW\n").toString(),
                        "--")
                .under(nobody)
                .run(maps);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(bare.exitCode());
        assertThat(run.stderr())
                .contains("bpfgate: note: the command was started without CAP_BPF (or CAP_SYS_ADMIN)")
                .contains("MAP_CREATE");
    }

    @ParameterizedTest
    @CsvSource({"kernel, enforcing=0, enforcing=1", "json, '\"enforcing\":false', '\"enforcing\":true'"})
    void theRecordOfWhatAPermissiveGateLoadsIsNotEnforcing(String format, String expected, @Nullable String not)
            throws IOException {
        Path records = directory.resolve("records");
        List<Object> options = new ArrayList<>(List.of("--permissive", "--policy", policy("bpfgate", BY_LIST)));
        options.addAll(List.of("--audit", records, "--audit-format", format));
        CommandLine.Result run = run(options, client);
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(Files.readString(records)).contains(expected).doesNotContain(not);
    }
}
