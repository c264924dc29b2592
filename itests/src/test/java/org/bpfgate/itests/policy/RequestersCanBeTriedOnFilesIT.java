package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about who asks are tried without a load: by {@code --as} of check and explain, and by the same words in {@code expected}. */
class RequestersCanBeTriedOnFilesIT {
    private static final int DENIED = 10;

    @TempDir
    private Path directory;

    private Path policy;
    private Path agent;

    @BeforeEach
    void write() throws IOException {
        agent = Files.writeString(directory.resolve("agent"), "the agent");
        String digest = CommandLine.of("sha256sum").run(agent).stdout().substring(0, 64);
        policy = Files.writeString(directory.resolve("policy.ipe"), """
                # dialect: bpfgate
                policy_name=requesters policy_version=1.0.0
                DEFAULT action=ALLOW
                DEFAULT op=BPF_PROG_LOAD action=DENY
                op=BPF_PROG_LOAD bpf_client_uid=0 bpf_client_unit=agent.service action=ALLOW
                op=BPF_PROG_LOAD bpf_client_exe=sha256:%s action=ALLOW
                op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW
                op=BPF_PROG_LOAD bpf_license=Proprietary action=ALLOW
                op=BPF_PROG_LOAD bpf_kernel=TRUE action=ALLOW
                """.formatted(digest));
    }

    private CommandLine.Result check(String who) {
        return CommandLine.bpfgate()
                .in(directory)
                .run("check", "--policy", policy, "--as", who, Quickstart.program("exec_trace.o"));
    }

    @ParameterizedTest
    @CsvSource({
        "'uid=0,unit=agent.service', ALLOW, line 5",
        "'unit=agent.service,uid=0', ALLOW, line 5",
        "'uid=0', DENY, needs bpf_client_unit=agent.service",
        "'uid=1000,unit=agent.service', DENY, needs bpf_client_uid=0",
        "'unit=agent.service', DENY, needs bpf_client_uid=0", // a user id that is not named is nobody's
        "'exe=agent', ALLOW, line 6",
        "'exe=policy.ipe', DENY, the nearest",
        "'probe=libbpf-name', ALLOW, line 7",
        "'probe=TRUE', ALLOW, line 7",
        "'probe=FALSE', DENY, the nearest",
        "'license=Proprietary', ALLOW, line 8",
        "'kernel=true', ALLOW, line 9",
        "'kernel=false', DENY, the nearest",
    })
    void checkDecidesAsForThatRequester(String who, String decision, String text) {
        CommandLine.Result result = check(who);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(decision.equals("ALLOW") ? 0 : DENIED);
        assertThat(result.stdout()).startsWith(decision + " ").contains(text);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    uid=root | found 'uid=root'
                    uid=-1 | found 'uid=-1'
                    uid=4294967296 | found 'uid=4294967296'
                    user=0 | found 'user=0'
                    uidd=0 | did you mean 'uid='?
                    probe=nosuch | there is no feature probe 'nosuch' in
                    probe=libbpf-nmae | did you mean 'libbpf-name'?
                    unit=agent | a systemd unit with its type, such as unit=cilium.service, found 'unit=agent'
                    uid | found 'uid'
                    unit= | found 'unit='
                    uid=0,uid=1 | 'uid' is there twice
                    kernel=true,uid=0 | the kernel itself has no uid, exe and unit
                    exe=sha256:12 | expected 64 hexadecimal digits after exe=sha256:
                    exe=sha512:0123456789abcdef0123456789abcdef | sha256sum FILE prints the digest that is compared
                    exe=0123456789abcdef0123456789abcdef | sha256sum FILE prints the digest that is compared
                    """, delimiter = '|')
    void aWrongWordIsWrongUsage(String who, String message) {
        CommandLine.Result result = check(who);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.diagnostics().getFirst()).startsWith("bpfgate: ").contains("--as", message);
    }

    @Test
    void anExecutableThatIsNotThereIsBadInput() {
        CommandLine.Result result = check("exe=none");
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).containsExactly("bpfgate: none: the executable does not exist");
    }

    @Test
    void explainTriesEveryRuleForThatRequester() {
        CommandLine.Result result = CommandLine.bpfgate()
                .run(
                        "policy",
                        "explain",
                        "--as",
                        "uid=0,unit=other.service",
                        policy,
                        Quickstart.program("exec_trace.o"));
        assertThat(result.exitCode()).as("%s", result).isEqualTo(DENIED);
        assertThat(result.stdout())
                .contains("bpf_client_unit=agent.service, is other.service")
                .doesNotContain("bpf_client_uid=0, is");
    }

    @Test
    void theSameWordsAreExpectations() throws IOException {
        Files.copy(Quickstart.program("exec_trace.o"), directory.resolve("e.o"));
        Files.writeString(directory.resolve("expected"), """
                DENY  e.o
                ALLOW e.o uid=0 unit=agent.service
                DENY  e.o uid=0 hornet=UNSIGNED
                ALLOW e.o exe=agent
                ALLOW e.o probe=libbpf-name
                """);
        CommandLine.Result result = CommandLine.bpfgate().run("test", directory);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout()).contains("5 decisions, all as expected");
        Files.writeString(directory.resolve("expected"), "ALLOW e.o uid=1\n");
        assertThat(CommandLine.bpfgate().run("test", directory).exitCode()).isEqualTo(DENIED);
        Files.writeString(directory.resolve("expected"), "DENY e.o\nDENY e.o uid=root\n");
        CommandLine.Result wrong = CommandLine.bpfgate().run("test", directory);
        assertThat(wrong.exitCode()).as("%s", wrong).isEqualTo(3);
        assertThat(wrong.stderr()).contains("expected:2:").contains("uid=root");
    }

    /** The section {@code license} of an object is what a loader hands to the kernel. */
    @Test
    void theLicenceOfAnObjectIsJudged() throws IOException {
        Path gpl = Files.writeString(directory.resolve("gpl.ipe"), """
                # dialect: bpfgate
                policy_name=licences policy_version=1.0.0
                DEFAULT action=ALLOW
                DEFAULT op=BPF_PROG_LOAD action=DENY
                op=BPF_PROG_LOAD bpf_gpl_compatible=TRUE action=ALLOW
                """);
        CommandLine check = CommandLine.bpfgate().and("check", "--policy", gpl);
        CommandLine.Result of = check.run(Quickstart.program("exec_trace.o"));
        assertThat(of.exitCode()).as("%s", of).isZero();
        assertThat(check.run("--as", "license=Proprietary", Quickstart.program("exec_trace.o"))
                        .exitCode())
                .isEqualTo(DENIED);
        assertThat(check.run(Quickstart.program("drop_ping.insns")).exitCode())
                .as("instructions alone tell no licence")
                .isEqualTo(DENIED);
    }
}
