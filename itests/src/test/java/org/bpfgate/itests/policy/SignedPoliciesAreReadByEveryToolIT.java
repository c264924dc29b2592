package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.Json;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy as {@code policy load} takes it, signed, is read by all that read policies, and by the same trust. */
class SignedPoliciesAreReadByEveryToolIT {
    private static final String TEXT = """
            policy_name=net policy_version=0.0.1
            DEFAULT action=ALLOW
            DEFAULT op=BPF_PROG_LOAD action=DENY
            op=BPF_PROG_LOAD bpf_signature=OK action=ALLOW
            """;

    /** Rules about files, which the kernel's documentation shows. */
    private static final String FILE_RULES = """
            policy_name=AllowInitramfs policy_version=0.0.0
            DEFAULT action=DENY

            op=EXECUTE boot_verified=TRUE action=ALLOW
            op=POLICY boot_verified=TRUE action=ALLOW
            """;

    @TempDir
    private Path directory;

    private Path plain;
    private Path signed;
    private Path trust;

    @BeforeEach
    void sign() throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "signer", OpenSsl.Kind.RSA);
        plain = Files.writeString(directory.resolve("plain.ipe"), TEXT);
        signed = OpenSsl.sign(plain, signer, directory.resolve("signed.p7b"), "-nodetach", "-noattr");
        trust = directory.resolve("trust");
        Files.createDirectories(trust.resolve("builtin"));
        Files.copy(signer.certificate(), trust.resolve("builtin/signer.crt"));
    }

    private CommandLine.Result policy(String verb, Object... arguments) {
        return CommandLine.bpfgate().and("policy", verb, "--trust", trust).run(arguments);
    }

    @Test
    void lintCompileAndDiffReadItsText() {
        assertThat(policy("lint", signed).stdout()).isEqualTo(signed + ": loads, no warnings\n");
        assertThat(policy("compile", signed).stdout()).isEqualTo(TEXT);
        CommandLine.Result diff = policy("diff", signed, plain);
        assertThat(diff.exitCode()).as("%s", diff).isZero();
        assertThat(diff.stdout()).isEqualTo("both decide alike on every event\n");
    }

    @Test
    void checkExplainAndTestDecideByIt() throws IOException {
        Path program = Quickstart.program("exec_trace.o");
        CommandLine.Result check = CommandLine.bpfgate().run("check", "--trust", trust, "--policy", signed, program);
        assertThat(check.exitCode()).as("%s", check).isEqualTo(10);
        assertThat(check.stdout()).contains("net 0.0.1, line 3: DEFAULT op=BPF_PROG_LOAD action=DENY");
        assertThat(policy("explain", signed, program).stdout()).contains("line 4", "bpf_signature=OK, is UNSIGNED");
        Path test = Files.createDirectory(directory.resolve("test"));
        Files.copy(signed, test.resolve("policy.ipe"));
        Files.copy(program, test.resolve("e.o"));
        Files.createDirectories(test.resolve("trust/builtin"));
        Files.copy(trust.resolve("builtin/signer.crt"), test.resolve("trust/builtin/signer.crt"));
        Files.writeString(test.resolve("expected"), "DENY e.o\n");
        CommandLine.Result result = CommandLine.bpfgate().run("test", test);
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    @Test
    void aMessageThatPolicyLoadWouldRefuseIsRefusedByAll() throws IOException {
        byte[] bytes = Files.readAllBytes(signed);
        bytes[bytes.length - 1] ^= 1;
        Path changed = Files.write(directory.resolve("changed.p7b"), bytes);
        assertThat(policy("lint", changed).exitCode()).isEqualTo(3);
        assertThat(policy("lint", changed).stderr()).contains("(EKEYREJECTED)");
        assertThat(policy("compile", changed).exitCode()).isEqualTo(3);
        assertThat(policy("explain", changed, Quickstart.program("exec_trace.o"))
                        .exitCode())
                .isEqualTo(3);
        Files.delete(trust.resolve("builtin/signer.crt"));
        CommandLine.Result stranger = policy("lint", signed);
        assertThat(stranger.exitCode()).as("%s", stranger).isEqualTo(3);
        assertThat(stranger.stderr()).contains("is not in the keyring", "which is empty", "(ENOKEY)");
        CommandLine.Result check = CommandLine.bpfgate()
                .run("check", "--trust", trust, "--policy", signed, Quickstart.program("exec_trace.o"));
        assertThat(check.exitCode()).as("%s", check).isEqualTo(3);
        assertThat(check.stdout()).isEmpty();
    }

    @Test
    void lintTakesSeveralFilesAndEachCostsOnlyItself() throws IOException {
        Path files = Files.writeString(directory.resolve("files.ipe"), FILE_RULES);
        Path broken = Files.writeString(directory.resolve("broken.ipe"), "policy_name=x\n");
        CommandLine.Result good = policy("lint", files, signed, plain);
        assertThat(good.exitCode()).as("%s", good).isZero();
        CommandLine.Result result = policy("lint", broken, files, directory.resolve("none.ipe"), plain);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.stdout())
                .contains(broken + ":1:")
                .contains(files + ": loads, 3 warnings", plain + ": loads, no warnings");
        assertThat(result.stderr()).contains("none.ipe: does not exist");
        CommandLine.Result json = policy("lint", "--format", "json", files, plain);
        assertThat(json.stdout().lines())
                .allSatisfy(line ->
                        assertThat(Json.parse(line).path("ok").asBoolean()).isTrue());
        CommandLine.Result sarif = policy("lint", "--format", "sarif", files, plain);
        assertThat(Json.of(sarif).path("runs").isEmpty()).isFalse();
    }

    @Test
    void aPolicyOfFileRulesIsSaidToDenyEveryLoad() throws IOException {
        Path files = Files.writeString(directory.resolve("files.ipe"), FILE_RULES);
        assertThat(policy("lint", files).stdout().lines())
                .anySatisfy(line ->
                        assertThat(line).contains(":1:1: warning: no BPF load is let in", "[DENIES_EVERY_LOAD]"))
                .anySatisfy(
                        line -> assertThat(line).contains(":5:1: warning: op=POLICY", "does not govern BPF programs"));
    }
}
