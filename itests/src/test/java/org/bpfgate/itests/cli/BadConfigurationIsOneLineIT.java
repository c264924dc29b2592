package org.bpfgate.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.OpenSsl.Kind.P256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.DefectiveFile;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy, list, certificate or key that cannot be used ends the command before anything is decided or written. */
class BadConfigurationIsOneLineIT {
    private static final Path PROGRAM = Quickstart.program("drop_ping.insns");

    @TempDir
    private Path directory;

    @Test
    void aMistakeInAPolicyHasItsPlace() throws IOException {
        Path policy = Files.writeString(directory.resolve("bad.ipe"), """
                policy_name=bad policy_version=1.0.0
                DEFAULT action=DENY
                op=FROBNICATE action=ALLOW
                """);
        assertRefused(check("--policy", policy), policy + ":3:1: ");
    }

    @Test
    void aMistakeInAnAllowlistHasItsPlace() throws IOException {
        Path list = Files.writeString(directory.resolve("bad.list"), "# fine\n00ff  too_short\n");
        assertRefused(check("--allowlist", list), list + ":2:5: ");
    }

    @Test
    void aCertificateThatIsNotOneIsRefused() throws IOException {
        Path junk = Files.writeString(directory.resolve("junk.crt"), "not a certificate\n");
        assertRefused(check("--trust", junk), junk + ": not a usable certificate");
    }

    @Test
    void aCertificateInPemThatIsNotOneHasItsLine() throws IOException {
        Path junk = Files.writeString(
                directory.resolve("junk.pem"), "\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
        assertRefused(check("--trust", junk), junk + ":2: not a usable certificate");
    }

    @Test
    void whatDoesNotExistIsRefused() {
        Path missing = directory.resolve("missing");
        assertRefused(check("--policy", missing), missing + ":");
        assertRefused(check("--allowlist", missing), missing + ":");
        assertRefused(check("--trust", missing), missing + ":");
        assertRefused(check("--signature", missing), missing + ":");
    }

    @Test
    void aPipeIsNotWaitedFor() {
        Path pipe = DefectiveFile.pipe(directory);
        assertRefused(check("--policy", pipe), pipe + ":");
        assertRefused(check("--allowlist", pipe), pipe + ":");
        assertRefused(check("--trust", pipe), pipe + ":");
        assertRefused(check("--signature", pipe), pipe + ":");
    }

    @Test
    void aKeyWithoutItsCertificateSignsNothing() {
        OpenSsl.Signer one = OpenSsl.signer(directory, "one", P256);
        OpenSsl.Signer other = OpenSsl.signer(directory, "other", P256);
        assertRefusedToSign(one.key(), other.certificate(), one.key() + ": ");
        OpenSsl.Signer rsa = OpenSsl.signer(directory, "rsa", OpenSsl.Kind.RSA);
        assertRefusedToSign(one.key(), rsa.certificate(), one.key() + ": ");
    }

    @Test
    void aKeyOrACertificateThatIsNotOneSignsNothing() throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "one", P256);
        Path junk = Files.writeString(directory.resolve("junk"), "neither\n");
        Path missing = directory.resolve("missing");
        assertRefusedToSign(junk, signer.certificate(), junk + ": ");
        assertRefusedToSign(signer.key(), junk, junk + ": ");
        assertRefusedToSign(missing, signer.certificate(), missing + ": ");
        assertRefusedToSign(signer.key(), missing, missing + ": ");
    }

    @Test
    void aProgramThatIsNotKnownOfflineIsNotSigned() {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "one", P256);
        Path program = Quickstart.program("exec_trace.o");
        Path target = directory.resolve("made.p7s");
        CommandLine.Result result = CommandLine.bpfgate()
                .run("sign", "--key", signer.key(), "--cert", signer.certificate(), "-o", target, program);
        assertRefused(result, program + ": cannot be signed");
        assertThat(target).doesNotExist();
    }

    private static CommandLine.Result check(String option, Path value) {
        return CommandLine.bpfgate().run("check", option, value, PROGRAM);
    }

    private void assertRefusedToSign(Path key, Path certificate, String beginning) {
        Path target = directory.resolve("made.p7s");
        assertRefused(
                CommandLine.bpfgate().run("sign", "--key", key, "--cert", certificate, "-o", target, PROGRAM),
                beginning);
        assertThat(target).doesNotExist();
    }

    private static void assertRefused(CommandLine.Result result, String beginning) {
        assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
        assertThat(result.diagnostics()).as("%s", result).hasSize(1);
        assertThat(result.stderr()).startsWith("bpfgate: " + beginning).doesNotContain("\tat ", "Exception");
        assertThat(result.stdout()).doesNotContain("ALLOW", "DENY");
    }
}
