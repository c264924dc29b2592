package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CProgram;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.LoadsPrograms;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What the test of the series "Signed BPF + IPE policies" (tools/testing/selftests/bpf/test_signed_bpf_ipe.sh of sinkap/linux at 902d47c5)
 * asks of a kernel, T0 to T5, is asked of this gate. Its policy allows whatever is not known to be unsigned.
 */
@ResourceLock("kernel")
class TheChecksOfTheSignedPolicySeriesHoldIT {
    /** {@code EACCES} of {@code include/uapi/asm-generic/errno-base.h}. */
    private static final String EACCES = "13";

    @TempDir
    static Path directory;

    private static Path policy;

    @BeforeAll
    static void write() throws IOException {
        policy = Files.writeString(directory.resolve("series.ipe"), """
                # dialect: ops9
                policy_name=signed_bpf policy_version=0.0.1
                DEFAULT action=ALLOW
                DEFAULT op=BPF_PROG_LOAD action=ALLOW
                DEFAULT op=BPF_PROG_LOAD_POST_INTEGRITY action=ALLOW
                op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
                op=BPF_PROG_LOAD bpf_signature=UNSIGNED action=DENY
                op=BPF_PROG_LOAD_POST_INTEGRITY action=ALLOW
                """);
    }

    @Test
    void t0ThePolicyModuleReadsThePolicy() {
        CommandLine.Result lint = CommandLine.bpfgate().run("policy", "lint", policy);
        assertThat(lint.exitCode()).as("%s", lint).isZero();
        CommandLine.Result check = check(Quickstart.program("exec_trace.o"));
        assertThat(Json.of(check).path("stack").toString()).contains("\"ipe\"");
    }

    private static CommandLine.Result check(Path program) {
        return CommandLine.bpfgate()
                .run("check", "--format", "json", "--policy", policy, "--trust", Quickstart.trust(), program);
    }

    /** The signature there covers the instructions, and the loader's own check its map. */
    @Test
    void t1ASignedLightSkeletonIsLetIn() {
        CommandLine.Result check = check(Quickstart.program("xdp_count.lskel.h"));
        assertThat(check.exitCode()).as("%s", check).isZero();
        assertThat(Json.programs(Json.of(check)).getFirst().path("decision").asText())
                .isEqualTo("ALLOW");
    }

    @Test
    @LoadsPrograms
    void t2AndT3AnUnsignedLoadIsRecordedWithTheRuleThatMatched() throws IOException {
        Path records = directory.resolve("records");
        CommandLine.Result run = run("--permissive", "--audit", records, "--audit-format", "kernel");
        assertThat(run.stdout()).as("%s", run).isEqualTo("0\n");
        assertThat(Files.readString(records))
                .contains("ipe_op=BPF_PROG_LOAD ipe_hook=BPF_PROG_LOAD")
                .contains("op=BPF_PROG_LOAD bpf_signature=UNSIGNED action=DENY");
    }

    @Test
    @LoadsPrograms
    void t4WhenEnforcedAnUnsignedLoadEndsWithEacces() {
        CommandLine.Result run = run();
        assertThat(run.stdout()).as("%s", run).isEqualTo(EACCES + "\n");
    }

    private static CommandLine.Result run(Object... options) {
        Path client = CProgram.compiled("failing_load.c", directory);
        return CommandLine.bpfgate().and("run", "--policy", policy).and(options).run("--", client, "good");
    }

    @Test
    void t5ThePolicyIsKeptWithItsRuleForTheSecondOperation() throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", OpenSsl.Kind.RSA);
        Path trust = Files.createDirectories(directory.resolve("trust/builtin"));
        Files.copy(signer.certificate(), trust.resolve("signer.crt"));
        Path signed = OpenSsl.sign(policy, signer, directory.resolve("series.p7b"), "-nodetach", "-noattr");
        CommandLine.Result read =
                CommandLine.bpfgate().run("policy", "compile", "--trust", directory.resolve("trust"), signed);
        assertThat(read.exitCode()).as("%s", read).isZero();
        assertThat(read.stdout().lines()).contains("op=BPF_PROG_LOAD_POST_INTEGRITY action=ALLOW");
        Path state = directory.resolve("state");
        CommandLine.Result loaded = CommandLine.bpfgate()
                .run("policy", "load", "--state", state, "--trust", directory.resolve("trust"), signed);
        assertThat(loaded.exitCode()).as("%s", loaded).isZero();
        assertThat(loaded.stdout()).contains("signed_bpf 0.0.1: loaded");
    }
}
