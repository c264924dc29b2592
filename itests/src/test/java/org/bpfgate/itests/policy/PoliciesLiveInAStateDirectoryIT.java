package org.bpfgate.itests.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a policy from the command line, a process per step, signed by OpenSSL as the kernel's documentation says. */
class PoliciesLiveInAStateDirectoryIT {
    @TempDir
    private Path directory;

    private OpenSsl.Signer signer;

    @BeforeEach
    void makeKeys() throws IOException {
        signer = OpenSsl.signer(directory, "policy-signer", OpenSsl.Kind.RSA);
        Files.createDirectories(directory.resolve("trust/builtin"));
        Files.copy(signer.certificate(), directory.resolve("trust/builtin/signer.crt"));
    }

    @Test
    void aPolicyIsLoadedActivatedUpdatedAndDeleted() throws IOException {
        assertDone(
                "gate 1.0.0: loaded, not active; signed by CN=policy-signer", "load", policy("gate", "1.0.0", "DENY"));
        assertThat(check()).isEqualTo(10);
        assertDone("gate 1.0.0: active", "activate", "gate");
        assertThat(check()).isEqualTo(10);
        assertDone(
                "gate 1.0.1: updated, decides now; signed by CN=policy-signer",
                "update",
                "gate",
                policy("gate", "1.0.1", "ALLOW"));
        assertThat(check()).isZero();
        assertRefused("ESTALE", "update", "gate", policy("gate", "1.0.0", "DENY"));
        assertRefused("EPERM", "delete", "gate");
        assertDone("old 0.9.0: loaded, not active; signed by CN=policy-signer", "load", policy("old", "0.9.0", "DENY"));
        assertRefused("EINVAL", "activate", "old");
        assertDone("", "delete", "old");
        assertDone("* gate 1.0.1  signed by CN=policy-signer", "list");
    }

    @Test
    void whatIsNotSignedByATrustedKeyIsRefused() throws IOException {
        Path signed = policy("gate", "1.0.0", "ALLOW");
        Files.delete(directory.resolve("trust/builtin/signer.crt"));
        assertRefused("ENOKEY", "load", signed);
        assertRefused("EBADMSG", "load", directory.resolve("gate-1.0.0.ipe"));
        Files.copy(signer.certificate(), directory.resolve("trust/builtin/signer.crt"));
        byte[] changed = Files.readAllBytes(signed);
        changed[changed.length - 1] ^= 1;
        assertRefused("EKEYREJECTED", "load", Files.write(directory.resolve("changed.p7b"), changed));
        assertRefused("EBADMSG", "load", Files.write(directory.resolve("cut.p7b"), new byte[] {0x30, (byte) 0x82}));
    }

    @Test
    void aFaultOfTheDirectoryIsToldOnce() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandLine load = CommandLine.bpfgate().and("policy", "load", "--allow-unsigned", "--state");
        assertThat(load.run(file, Quickstart.policy()).diagnostics())
                .containsExactly("bpfgate: " + file + ": is not a directory (EIO)");
        assertThat(load.run("/proc/self/no/state", Quickstart.policy()).diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: ")
                .endsWith("/proc/self/no: no such file or directory (EIO)");
        assertThat(load.run("/proc/self/state", Quickstart.policy()).diagnostics())
                .containsExactly("bpfgate: /proc/self/state: no such file or directory (EIO)");
    }

    @Test
    void recordsAreAppendedAsTheKernelWordsThem() throws IOException {
        Path audit = directory.resolve("audit");
        assertDone(
                "gate 1.0.0: loaded, not active; signed by CN=policy-signer",
                "load",
                policy("gate", "1.0.0", "DENY"),
                "--audit",
                audit,
                "--audit-format",
                "kernel");
        assertDone("gate 1.0.0: active", "activate", "gate", "--audit", audit, "--audit-format", "kernel");

        assertThat(Files.readAllLines(audit))
                .hasSize(2)
                .satisfiesExactly(
                        load -> assertThat(load)
                                .matches(
                                        "type=1422 audit\\(\\d+\\.\\d{3}:1\\): policy_name=\"gate\" policy_version=1\\.0\\.0 "
                                                + "policy_digest=sha256:[0-9A-F]{64} auid=\\d+ ses=\\d+ lsm=ipe res=1 errno=0"),
                        change -> assertThat(change)
                                .matches(
                                        "type=1421 audit\\(\\d+\\.\\d{3}:1\\): old_active_pol_name=\\? .* lsm=ipe res=1"));
    }

    private Path policy(String name, String version, String action) throws IOException {
        Path text = Files.writeString(
                directory.resolve(name + "-" + version + ".ipe"),
                "policy_name=" + name + " policy_version=" + version + "\nDEFAULT action=" + action + "\n");
        Path message = text.resolveSibling(name + "-" + version + ".p7b");
        return OpenSsl.sign(text, signer, message, "-noattr", "-nodetach");
    }

    private void assertDone(String output, Object... arguments) {
        CommandLine.Result result = policyCommand(arguments);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.stdout().strip()).isEqualTo(output);
    }

    private void assertRefused(String errno, Object... arguments) {
        CommandLine.Result result = policyCommand(arguments);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics().stream()
                        .filter(line -> !line.startsWith("bpfgate: warning: "))
                        .toList())
                .singleElement()
                .asString()
                .startsWith("bpfgate: ")
                .endsWith(" (" + errno + ")");
    }

    private CommandLine.Result policyCommand(Object... arguments) {
        return CommandLine.bpfgate()
                .and("policy")
                .and(arguments)
                .run("--state", directory.resolve("state"), "--trust", directory.resolve("trust"));
    }

    private int check() {
        return CommandLine.bpfgate()
                .run(
                        "check",
                        "--state",
                        directory.resolve("state"),
                        "--trust",
                        directory.resolve("trust"),
                        Quickstart.program("drop_ping.insns"))
                .exitCode();
    }
}
