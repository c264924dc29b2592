package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.itests.OpenSsl.Kind.P256;
import static org.bpfgate.itests.OpenSsl.Kind.RSA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A command that signs, a second signer, and a signature that can be made again; OpenSSL is the other side. */
class SignaturesAreMadeByWhomeverHasTheKeyIT {
    @TempDir
    private Path directory;

    private Path program;
    private Path signature;

    @BeforeEach
    void copy() throws IOException {
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
        signature = directory.resolve("p.insns.p7s");
    }

    private CommandLine.Result sign(Object... options) {
        return CommandLine.bpfgate().and("sign").and(options).run(program);
    }

    private CommandLine.Result signBy(OpenSsl.Signer signer, Object... options) {
        return CommandLine.bpfgate()
                .and("sign", "--key", signer.key(), "--cert", signer.certificate())
                .and(options)
                .run(program);
    }

    private void assertVerified(Path trusted) {
        CommandLine.Result ours =
                CommandLine.bpfgate().run("verify", "--require", "hornet", "--trust", trusted, program);
        assertThat(ours.exitCode()).as("%s", ours).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCommandSigns(OpenSsl.Kind kind) {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "kms", kind);
        CommandLine.Result result =
                sign("--signer", "openssl dgst -sha256 -sign " + signer.key(), "--cert", signer.certificate());
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(OpenSsl.verify(program, signature, signer.certificate()).exitCode())
                .isZero();
        assertVerified(signer.certificate());
    }

    @Test
    void aCommandThatDoesNotSignIsOneLine() {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "kms", P256);
        Path certificate = signer.certificate();
        refused(3, "the command \"exit 7\" ended with exit code 7", "--signer", "exit 7", "--cert", certificate);
        refused(
                3,
                "the output of the command \"echo junk\" is no ECDSA signature by",
                "--signer",
                "echo junk",
                "--cert",
                certificate);
        refused(
                3,
                "did not end within 1 s (--signer-timeout SECONDS)",
                "--signer",
                "sleep 1000",
                "--signer-timeout",
                1,
                "--cert",
                certificate);
        refused(2, "--signer: needs the certificate of its key: --cert FILE", "--signer", "true");
        refused(2, "--signer-timeout: there is no --signer", "--key", signer.key(), "--signer-timeout", 1);
        assertThat(signature).doesNotExist();
    }

    private void refused(int exitCode, String message, Object... options) {
        CommandLine.Result result = sign(options);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(exitCode);
        assertThat(result.diagnostics().getFirst()).startsWith("bpfgate: ").contains(message);
        if (exitCode == 3) {
            assertThat(result.diagnostics()).hasSize(1);
        }
    }

    /** While a key is changed, machines with the old certificate and machines with the new one take the same file. */
    @Test
    void aKeyIsChangedWithoutADayOnWhichLoadsFail() {
        OpenSsl.Signer old = OpenSsl.signer(directory, "old", RSA);
        OpenSsl.Signer next = OpenSsl.signer(directory, "next", P256);
        assertThat(signBy(old).exitCode()).isZero();
        CommandLine.Result added = signBy(next, "--add");
        assertThat(added.stdout()).isEqualTo(signature + ": further signature of " + program + " and 0 maps\n");
        assertVerified(old.certificate());
        assertVerified(next.certificate());
        CommandLine.Result json = CommandLine.bpfgate()
                .run(
                        "verify",
                        "--trust",
                        old.certificate(),
                        "--trust",
                        next.certificate(),
                        "--format",
                        "json",
                        program);
        assertThat(json.stdout()).contains("\"signers\"", "CN=old", "CN=next");
        assertThat(signBy(next, "--add").diagnostics())
                .singleElement()
                .asString()
                .contains("has a signature by this certificate already");
    }

    @Test
    void aMessageToAddToMustBeThereAndFit() throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "s", P256);
        assertThat(signBy(signer, "--add").diagnostics()).containsExactly("bpfgate: " + signature + ": does not exist");
        Files.writeString(signature, "junk");
        CommandLine.Result junk = signBy(signer, "--add");
        assertThat(junk.exitCode()).isEqualTo(3);
        assertThat(junk.diagnostics()).singleElement().asString().contains("is no signed CMS message in DER");
        assertThat(signature).hasContent("junk");
        assertThat(signBy(signer, "--add", "-o", "-").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void theSameInputGivesTheSameBytes(OpenSsl.Kind kind) throws IOException {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "again", kind);
        byte[] first = at("1700000000", signer);
        assertThat(at("1700000000", signer)).isEqualTo(first);
        assertThat(at("1700000001", signer)).isNotEqualTo(first);
        assertThat(signBy(signer, "--no-signing-time").exitCode()).isZero();
        byte[] timeless = Files.readAllBytes(signature);
        assertThat(signBy(signer, "--no-signing-time").exitCode()).isZero();
        assertThat(signature).hasBinaryContent(timeless);
        assertVerified(signer.certificate());
        CommandLine.Result text = CommandLine.of("openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER")
                .run("-in", signature);
        assertThat(text.stdout()).contains("messageDigest").doesNotContain("signingTime");
    }

    private byte[] at(String time, OpenSsl.Signer signer) throws IOException {
        CommandLine.Result result = CommandLine.bpfgate()
                .with("SOURCE_DATE_EPOCH", time)
                .run("sign", "--key", signer.key(), "--cert", signer.certificate(), program);
        assertThat(result.exitCode()).as("%s", result).isZero();
        return Files.readAllBytes(signature);
    }

    @Test
    void aTimeThatIsNoneIsOneLine() {
        OpenSsl.Signer signer = OpenSsl.signer(directory, "s", P256);
        for (String value : List.of("yesterday", "-1", "99999999999999999999", "1e9")) {
            CommandLine.Result result = CommandLine.bpfgate()
                    .with("SOURCE_DATE_EPOCH", value)
                    .run("sign", "--key", signer.key(), "--cert", signer.certificate(), program);
            assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
            assertThat(result.diagnostics())
                    .containsExactly("bpfgate: SOURCE_DATE_EPOCH: \"" + value
                            + "\" is no number of seconds since 1970-01-01T00:00:00Z");
        }
        assertThat(signBy(signer, "--no-signing-time", "--contract", "loader").exitCode())
                .isEqualTo(2);
    }
}
