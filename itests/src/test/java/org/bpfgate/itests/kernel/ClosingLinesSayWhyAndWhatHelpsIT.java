package org.bpfgate.itests.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Gate;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.Quickstart;
import org.bpfgate.itests.Requires;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients show no reason. The lines with which {@code bpfgate run} ends name each refused program, why, and what helps. */
@LoadsPrograms
class ClosingLinesSayWhyAndWhatHelpsIT {
    private static final Path ENFORCE = Gate.root().resolve("examples/enforce/allowlist.ipe");

    @TempDir
    Path directory;

    private Path client;

    @BeforeEach
    void compile() {
        client = CProgram.compiled("load_once.c", directory);
    }

    private Path policy(String rules) throws IOException {
        return Files.writeString(
                directory.resolve("policy.ipe"), "# dialect: bpfgate\npolicy_name=test policy_version=1.0.0\n" + rules);
    }

    private static CommandLine.Result run(List<Object> options, Object... command) {
        return CommandLine.bpfgate().and("run").and(options.toArray()).and("--").run(command);
    }

    @Test
    void aClientWithoutTheRightsIsToldWhichOneItLacks() throws IOException {
        Requires.command("setpriv");
        Object[] weak = {"setpriv", "--bounding-set", "-bpf,-sys_admin,-perfmon,-net_admin", client};
        CommandLine.Result bare = CommandLine.of("env").run(weak);
        Requires.that(bare.exitCode() == 1, "this kernel lets everybody load such programs: " + bare);
        CommandLine.Result run = run(List.of("--policy", policy("DEFAULT action=ALLOW\n")), weak);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
        assertThat(run.stderr())
                .contains("1 refused for lack of rights")
                .contains("the client lacks CAP_BPF")
                .doesNotContain("not to be read");
    }

    @Test
    void aDeniedProbeIsToldWithTheLineThatLetsItIn() {
        Requires.command("bpftool");
        CommandLine.Result run = run(
                List.of("--policy", Quickstart.policy(), "--trust", Quickstart.trust()),
                "bpftool",
                "prog",
                "load",
                Quickstart.program("xdp_count.o"),
                "/sys/fs/bpf/never");
        assertThat(run.exitCode()).as("%s", run).isNotZero();
        assertThat(run.stderr())
                .contains("bpfgate: what helps: feature probes that the policy denies: it lets them in with the line"
                        + " \"op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW\"");
    }

    @Test
    void aPermissiveRunSaysWhatWouldBeDenied() throws IOException {
        CommandLine.Result run = run(List.of("--permissive", "--policy", policy("DEFAULT action=DENY\n")), client);
        assertThat(run.exitCode()).as("%s", run).isZero();
        assertThat(run.stderr())
                .contains("loads: 0 allowed, 1 would be denied (permissive: nothing was blocked)")
                .contains("bpfgate: would be denied: ")
                .doesNotContain(" denied,", " denied;", "bpfgate: denied");
    }

    @Test
    void aListedProgramWithAnotherDigestIsToldInTheVerifiersWords() {
        Requires.command("bpftool");
        CommandLine.Result run = run(
                List.of("--policy", ENFORCE, "--allowlist", Quickstart.allowlist()),
                "bpftool",
                "prog",
                "load",
                Quickstart.program("xdp_count-changed.o"),
                "/sys/fs/bpf/never");
        assertThat(run.stderr())
                .containsPattern("bpfgate: denied: xdp_count .*; allowlist: listed digest differs: name xdp_count")
                .contains("bpfgate: what helps: a program that has another digest than the list has");
    }

    @Test
    void aProgramThatNobodyListedIsToldHowToListIt() {
        CommandLine.Result run = run(List.of("--policy", ENFORCE, "--allowlist", Quickstart.allowlist()), client);
        assertThat(run.stderr())
                .contains("bpfgate: what helps: ")
                .contains("bpfgate learn --append -o LIST -- COMMAND");
    }

    @Test
    void whatKeepsAProgramFromBeingTriedIsNamed() throws IOException {
        Requires.command("bpftool");
        CommandLine.Result run = run(
                List.of("--policy", policy("""
                    DEFAULT action=DENY
                    op=BPF_PROG_LOAD bpf_probe=TRUE action=ALLOW
                    op=BPF_PROG_LOAD bpf_trial=TRUE action=ALLOW
                    """)),
                "bpftool",
                "prog",
                "load",
                Quickstart.program("xdp_count.o"),
                "/sys/fs/bpf/never");
        assertThat(run.stderr()).contains("the program cannot be tried (bpf_trial): it ");
    }
}
