package org.bpfgate.itests.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfgate.itests.CommandLine;
import org.bpfgate.itests.OpenSsl;
import org.bpfgate.itests.Quickstart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever hands in a signature in a form that no load takes reads which form it is and the command that mends it. */
class SignaturesInOtherFormsAreNamedIT {
    @TempDir
    private Path directory;

    private Path program;
    private OpenSsl.Signer signer;

    @BeforeEach
    void prepare() throws IOException {
        program = Files.copy(Quickstart.program("drop_ping.insns"), directory.resolve("p.insns"));
        signer = OpenSsl.signer(directory, "signer", OpenSsl.Kind.RSA);
    }

    @ParameterizedTest
    @CsvSource({"PEM, this is PEM, -inform PEM", "SMIME, this is S/MIME, -inform SMIME"})
    void theFormsOfOpenSsl(String form, String name, String command) {
        Path signature = OpenSsl.sign(program, signer, directory.resolve("s"), "-noattr", "-outform", form);
        CommandLine.Result result = verify("--signature", signature, program);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(12);
        assertThat(result.stdout()).contains("hornet     BADSIG      malformed-message: ", name, command);
    }

    @Test
    void aSignatureOverTheObjectFile() throws IOException {
        Path object = Files.copy(Quickstart.program("drop_ping-unsigned.o"), directory.resolve("d.o"));
        Path mapped = Files.copy(Quickstart.program("xdp_count.o"), directory.resolve("x.o"));
        for (String option : new String[] {"-noattr", "-nosmimecap"}) {
            OpenSsl.sign(object, signer, directory.resolve("d.o.p7s"), option);
            OpenSsl.sign(mapped, signer, directory.resolve("x.o.p7s"), option);
            assertThat(verify(object).stdout())
                    .contains("this is a signature over the file " + object)
                    .contains("Make it with bpfgate sign --key KEY --cert CERT PROGRAM")
                    .doesNotContain("changed after signing");
            assertThat(verify(mapped).stdout())
                    .contains("this is a signature over the file " + mapped)
                    .contains("bpftool gen skeleton -L OBJECT");
        }
    }

    @Test
    void aSignatureOverTheFileAsText() {
        Path signature = directory.resolve("p.insns.p7s");
        // As OpenSsl.sign, without -binary.
        CommandLine.Result signed = CommandLine.of("openssl", "cms", "-sign", "-md", "sha256", "-nocerts", "-noattr")
                .and("-outform", "DER", "-in", program, "-out", signature)
                .and("-signer", signer.certificate(), "-inkey", signer.key())
                .run();
        assertThat(signed.exitCode()).as("%s", signed).isZero();
        assertThat(verify(program).stdout())
                .contains("this is a signature over " + program + " as text")
                .contains("openssl cms was called without -binary")
                .doesNotContain("changed after signing");
    }

    @Test
    void aSignatureOverAnotherProgramIsStillAChangedProgram() throws IOException {
        Path other = Files.copy(Quickstart.program("drop_ping-tampered.insns"), directory.resolve("q.insns"));
        Path signature = OpenSsl.sign(other, signer, directory.resolve("s"), "-nosmimecap");
        assertThat(verify("--signature", signature, program).stdout())
                .contains("digest-mismatch: the instructions were changed after signing");
    }

    @Test
    void anObjectWithAnAppendedModuleSignature() throws IOException {
        Path object = Files.copy(Quickstart.program("exec_trace.o"), directory.resolve("e.o"));
        Files.write(
                object,
                "\2\0\0\0\0\0\0\0\0\0\0\0~Module signature appended~\n".getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.APPEND);
        CommandLine.Result result = verify(object);
        assertThat(result.exitCode()).as("%s", result).isEqualTo(11);
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: warning: " + object + ": has an appended module signature, which no loader");
    }

    @Test
    void anEmptyKeyringIsToldFromOneWithoutTheSigner() throws IOException {
        OpenSsl.sign(program, signer, directory.resolve("p.insns.p7s"), "-noattr");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(CommandLine.bpfgate()
                        .run("verify", "--trust", empty, program)
                        .stdout())
                .contains("is not in the keyring user, which is empty");
        assertThat(CommandLine.bpfgate()
                        .run("verify", "--trust", Quickstart.trust(), program)
                        .stdout())
                .contains("is not in the keyring user\n");
    }

    @Test
    void signWarnsOfACertificateThatStrictRefuses() {
        Path request = directory.resolve("old.csr");
        Path certificate = directory.resolve("old.crt");
        openssl("req", "-new", "-key", signer.key(), "-subj", "/CN=old", "-out", request);
        openssl("x509", "-req", "-in", request, "-signkey", signer.key(), "-days", "-1", "-out", certificate);
        CommandLine.Result result =
                CommandLine.bpfgate().run("sign", "--key", signer.key(), "--cert", certificate, program);
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.diagnostics())
                .singleElement()
                .asString()
                .startsWith("bpfgate: warning: the certificate of CN=old expired on 20")
                .endsWith(": mode strict refuses what it signs");
        assertThat(CommandLine.bpfgate()
                        .run("verify", "--mode", "strict", "--trust", certificate, program)
                        .stdout())
                .contains("expired-certificate");
    }

    private static void openssl(Object... arguments) {
        CommandLine.Result result = CommandLine.of("openssl").run(arguments);
        assertThat(result.exitCode()).as("%s", result).isZero();
    }

    private CommandLine.Result verify(Object... arguments) {
        return CommandLine.bpfgate()
                .and("verify", "--trust", signer.certificate())
                .run(arguments);
    }
}
