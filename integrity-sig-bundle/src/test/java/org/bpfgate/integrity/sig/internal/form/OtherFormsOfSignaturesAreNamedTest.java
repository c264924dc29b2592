package org.bpfgate.integrity.sig.internal.form;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people hand in as signatures, made by the tools that they make them with. */
class OtherFormsOfSignaturesAreNamedTest {
    private static final byte[] PROGRAM = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity signer;
    static byte[] message;

    @BeforeAll
    static void prepare() throws IOException {
        openssl = new Openssl(directory);
        signer = openssl.selfSigned("signer", "rsa:2048");
        Files.write(openssl.file("program"), PROGRAM);
        message = openssl.cms(PROGRAM, signer, "-noattr", "-nocerts");
    }

    @ParameterizedTest
    @CsvSource({
        "cms,   PEM,   this is PEM, -inform PEM",
        "smime, PEM,   this is PEM, -inform PEM",
        "cms,   SMIME, this is S/MIME, -inform SMIME",
        "smime, SMIME, this is S/MIME, -inform SMIME"
    })
    void formsOfOpensslNameTheCommandThatMendsThem(String command, String form, String name, String option)
            throws IOException {
        openssl.run(
                command,
                "-sign",
                "-binary",
                "-noattr",
                "-nocerts",
                "-in",
                "program",
                "-out",
                "SIGNATURE",
                "-outform",
                form,
                "-signer",
                "signer.pem",
                "-inkey",
                "signer.key");
        String described = described(Files.readAllBytes(openssl.file("SIGNATURE")));
        assertThat(described).startsWith(name).contains(option);
        // The command of the message, as it stands there, makes a message that the program verifies with.
        String convert = described.substring(described.indexOf("openssl cms"));
        openssl.run(convert.replaceFirst(" \\(.*", "")
                .substring("openssl ".length())
                .split(" "));
        openssl.run(
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "SIGNATURE.der",
                "-content",
                "program",
                "-certfile",
                "signer.pem",
                "-CAfile",
                "signer.pem",
                "-purpose",
                "any");
    }

    @Test
    void base64IsTakenOutOfItsText() {
        for (String text : new String[] {
            Base64.getEncoder().encodeToString(message), Base64.getMimeEncoder().encodeToString(message) + "\n"
        }) {
            assertThat(described(text))
                    .startsWith("this is base64 text, and DER")
                    .endsWith("base64 -d SIGNATURE > SIGNATURE.der");
        }
        assertThat(described(Base64.getEncoder().encodeToString(signer.sign("SHA256", PROGRAM))))
                .startsWith("this is base64 text of something that is no CMS message");
    }

    @Test
    void bareSignaturesAreMadeAnewAsMessages() {
        assertThat(described(signer.sign("SHA256", PROGRAM))).startsWith("this is the form of a bare signature");
        Identity ecdsa = openssl.selfSigned("ecdsa", "P-256");
        assertThat(described(ecdsa.sign("SHA256", PROGRAM)))
                .startsWith("this is the form of a bare signature")
                .endsWith("bpfgate sign --key KEY --cert CERT PROGRAM");
    }

    /** One RSA signature of 256 begins as a SEQUENCE does, and others as text, PEM or JSON do. */
    @Test
    void bareSignaturesMayBeginWithAnyByte() {
        byte[] signature = new byte[256];
        Arrays.fill(signature, (byte) 0x82);
        signature[100] = 0;
        for (int first = 0; first < 256; first++) {
            signature[0] = (byte) first;
            assertThat(described(signature))
                    .as("first byte %d", first)
                    .startsWith("this is the form of a bare signature");
            assertThat(described(Base64.getEncoder().encodeToString(signature)))
                    .as("first byte %d", first)
                    .startsWith("this is base64 text of something that is no CMS message");
        }
    }

    @Test
    void aDamagedMessageIsNoBareSignature() {
        assertThat(described(Arrays.copyOf(message, 256))).isEqualTo("unknown");
        assertThat(described(Base64.getEncoder().encodeToString(Arrays.copyOf(message, 256))))
                .startsWith("this is base64 text, and DER");
    }

    @Test
    void otherFilesThanSignaturesAreNamed() throws IOException {
        openssl.run("x509", "-in", "signer.pem", "-outform", "DER", "-out", "signer.der");
        openssl.run("pkey", "-in", "signer.key", "-outform", "DER", "-out", "signer.key.der");
        assertThat(described(Files.readAllBytes(openssl.file("signer.der"))))
                .startsWith("this is an X.509 certificate");
        assertThat(described(Files.readAllBytes(openssl.file("signer.pem"))))
                .startsWith("this is a certificate in PEM");
        assertThat(described(Files.readAllBytes(openssl.file("signer.key.der"))))
                .startsWith("this is a private key");
        assertThat(described(Files.readAllBytes(openssl.file("signer.key")))).startsWith("this is a key in PEM");
        assertThat(described("-----BEGIN PGP SIGNATURE-----\n")).startsWith("this is a PGP SIGNATURE in PEM");
        assertThat(described("{\"mediaType\":\"application/vnd.dev.sigstore.bundle\"}"))
                .startsWith("this is JSON");
        assertThat(described("\u007fELF rest")).startsWith("this is an ELF file");
        assertThat(described("xx~Module signature appended~\n"))
                .startsWith("this is a file with an appended module signature")
                .contains("scripts/sign-file -d");
    }

    @Test
    void labelsCannotDriveATerminal() {
        assertThat(described("-----BEGIN \u001b[31mred-----")).isEqualTo("unknown");
        assertThat(described("-----BEGIN a;b\"c-----")).contains("this is a a?b?c in PEM");
    }

    @Test
    void whatIsUnknownIsNotGuessed() {
        assertThat(SignatureForm.ofProgram(new byte[0])).isNull();
        assertThat(SignatureForm.ofProgram(message)).isNull();
        assertThat(described("junk")).isEqualTo("unknown");
        assertThat(described("-----BEGIN ")).isEqualTo("unknown");
        assertThat(SignatureForm.ofProgram(new byte[300])).isNull();
    }

    @Test
    void aSignedTextIsSignedAsText() {
        assertThat(SignatureForm.ofText(signer.sign("SHA256", PROGRAM)))
                .endsWith("bpfgate sign --contract manifest --key KEY --cert CERT TEXT");
        assertThat(SignatureForm.ofText("-----BEGIN CMS-----\nAA==\n".getBytes(US_ASCII)))
                .as("which is read")
                .isNull();
    }

    @Test
    void theVerifiersSayIt() {
        String text = Base64.getMimeEncoder().encodeToString(message);
        ProgramLoad load = ProgramLoad.of(new BpfProgram("", ProgramType.UNSPEC, Instructions.of(PROGRAM)))
                .withSignature(text.getBytes(US_ASCII));
        for (IntegrityReport report :
                new IntegrityReport[] {Reported.byHornet(Keyrings.EMPTY, load), Reported.byNative(Keyrings.EMPTY, load)
                }) {
            assertThat(report.verdict()).isEqualTo(IntegrityVerdict.BADSIG);
            assertThat(report.code()).contains("malformed-message");
            assertThat(report.reason()).contains("this is base64 text");
        }
    }

    @FuzzTest
    void anyBytes(byte[] bytes) {
        SignatureForm.ofProgram(bytes);
        SignatureForm.ofText(bytes);
    }

    private static String described(byte[] bytes) {
        String description = SignatureForm.ofProgram(bytes);
        return description == null ? "unknown" : description;
    }

    private static String described(String text) {
        return described(text.getBytes(US_ASCII));
    }
}
