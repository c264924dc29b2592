package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.SigningRequest;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.TestMap;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.program.RelocationState;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesAreAcceptedByOpensslAndTheVerifierTest {
    private static final Instructions PROGRAM =
            Instructions.of(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity rsa;
    static Identity ec;

    private static final TestMap MAP = TestMap.of(0);

    private final HornetSigner signer = new HornetSigner(MapSchema.HASHES);

    @BeforeAll
    static void prepare() {
        openssl = new Openssl(directory);
        rsa = openssl.selfSigned("rsa", "rsa:2048");
        ec = openssl.selfSigned("ec", "P-256");
    }

    private static IntegrityReport verify(Identity trusted, byte[] message) throws Exception {
        ProgramLoad load = ProgramLoad.of(new BpfProgram("", ProgramType.XDP, PROGRAM, List.of(MAP)))
                .withSignature(message)
                .withKeyring(KeyringId.USER);
        return Reported.byHornet(KeyringsReader.read(List.of(trusted.certificateFile())), load);
    }

    private static void assertOpensslAccepts(Identity identity, byte[] message) throws IOException {
        Files.write(openssl.file("insns.bin"), PROGRAM.toByteArray());
        Files.write(openssl.file("sig.p7s"), message);
        openssl.run(
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "sig.p7s",
                "-content",
                "insns.bin",
                "-purpose",
                "any",
                "-CAfile",
                identity.certificateFile().toString(),
                "-certfile",
                identity.certificateFile().toString(),
                "-out",
                "out.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "rsa:4096", "rsa:8192", "P-256", "P-384", "P-521"})
    void everyKindOfKeySigns(String algorithm) throws Exception {
        Identity identity = openssl.selfSigned("key" + algorithm.replace(':', '-'), algorithm);
        byte[] message = signer.sign(identity.signing(), PROGRAM, List.of(new byte[8]));
        assertOpensslAccepts(identity, message);
        IntegrityReport report = verify(identity, message);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(IntegrityVerdict.OK);
        assertThat(report.reason()).isEqualTo("signature good; covers the instructions and 1 map");
        assertThat(report.contract()).contains("hornet");
    }

    @ParameterizedTest
    @CsvSource({"0, no map", "1, 1 map", "64, 64 maps"})
    void upTo64MapsAreCovered(int count, String text) throws Exception {
        List<byte[]> maps = Collections.nCopies(count, new byte[8]);
        IntegrityReport report = verify(ec, signer.sign(ec.signing(), PROGRAM, maps));
        assertThat(report.reason()).isEqualTo("signature good; covers the instructions and " + text);
    }

    @Test
    void traditionalKeyFilesAreRead() throws Exception {
        openssl.run("rsa", "-in", rsa.keyFile().toString(), "-traditional", "-out", "rsa-traditional.key");
        openssl.run("ec", "-in", ec.keyFile().toString(), "-out", "ec-traditional.key");
        byte[] first = signer.sign(
                SigningIdentity.of(openssl.file("rsa-traditional.key"), rsa.certificateFile()), PROGRAM, List.of());
        byte[] second = signer.sign(
                SigningIdentity.of(openssl.file("ec-traditional.key"), ec.certificateFile()), PROGRAM, List.of());
        assertThat(verify(rsa, first).verdict()).isEqualTo(IntegrityVerdict.OK);
        assertThat(verify(ec, second).verdict()).isEqualTo(IntegrityVerdict.OK);
    }

    @Test
    void aDerCertificateIsRead() throws Exception {
        Path der = Files.write(openssl.file("ec.der"), ec.certificate().encoded());
        assertThat(verify(ec, signer.sign(SigningIdentity.of(ec.keyFile(), der), PROGRAM, List.of()))
                        .verdict())
                .isEqualTo(IntegrityVerdict.OK);
    }

    @Test
    void theMessageHasTheFieldsOfTheKernelsTool() throws Exception {
        Files.write(openssl.file("dump.p7s"), signer.sign(rsa.signing(), PROGRAM, List.of()));
        String text = openssl.tryRun("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "dump.p7s")
                .output();
        assertThat(text)
                .contains("algorithm: sha256 (2.16.840.1.101.3.4.2.1)\n        parameter: <ABSENT>")
                .contains("eContent: <ABSENT>")
                .contains("certificates:\n      <ABSENT>")
                .contains("d.issuerAndSerialNumber")
                .contains("algorithm: rsaEncryption (1.2.840.113549.1.1.1)\n          parameter: NULL")
                .contains("signingTime")
                .doesNotContain("S/MIME Capabilities");
    }

    @Test
    void aSigningTimeAfter2049IsAGeneralizedTime() throws Exception {
        SigningRequest later = SigningRequest.of(ec.signing()).at(Instant.parse("2051-02-03T04:05:06Z"));
        byte[] message = signer.sign(later, PROGRAM, List.of());
        assertThat(new String(message, StandardCharsets.ISO_8859_1)).contains("20510203040506Z");
        assertThat(verify(ec, message).verdict()).isEqualTo(IntegrityVerdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.key,   ec.pem,  'rsa.key: this private key does not belong to the certificate'",
        "ec.key,    rsa.pem, 'ec.key: this private key does not belong to the certificate'",
        "other.key, rsa.pem, 'other.key: this private key does not belong to the certificate'",
        "none.key,  rsa.pem, 'none.key: no such file'",
        "rsa.pem,   rsa.pem, 'rsa.pem: holds no private key, neither in PEM, DER nor PKCS#12'",
        "rsa.key,   rsa.key, 'rsa.key: holds no certificate'",
        "enc8.key,  rsa.pem, 'enc8.key: is encrypted, and no password is given'",
        "enc1.key,  rsa.pem, 'enc1.key: is encrypted, and no password is given'",
        "ed.key,    ed.pem,  'ed.pem: no verifier knows signatures by Ed25519 keys (RSA, P-256'",
        "ed.key,    rsa.pem, 'ed.key: this private key does not belong to the certificate'",
    })
    void aFaultNamesTheFile(String key, String certificate, String message) {
        openssl.run("genrsa", "-out", "other.key", "2048");
        openssl.run("pkcs8", "-topk8", "-in", "rsa.key", "-passout", "pass:secret", "-out", "enc8.key");
        openssl.run("rsa", "-in", "rsa.key", "-traditional", "-aes128", "-passout", "pass:secret", "-out", "enc1.key");
        openssl.run("genpkey", "-algorithm", "ed25519", "-out", "ed.key");
        openssl.run("req", "-x509", "-new", "-key", "ed.key", "-subj", "/CN=ed", "-out", "ed.pem");
        assertThatThrownBy(() -> signer.sign(
                        SigningIdentity.of(openssl.file(key), openssl.file(certificate)), PROGRAM, List.of()))
                .isInstanceOf(SigningException.class)
                .hasMessageStartingWith(directory + "/" + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void unsignableProgramsAreRefused() {
        assertThatThrownBy(() -> signer.sign(ec.signing(), PROGRAM, Collections.nCopies(65, new byte[8])))
                .hasMessage("65 maps are too many: a signature covers at most 64");
        Instructions open = Instructions.unlinked(PROGRAM.toByteArray(), RelocationState.PENDING, "CO-RE");
        assertThatThrownBy(() -> signer.sign(ec.signing(), open, List.of()))
                .isInstanceOf(SigningException.class)
                .hasMessageEndingWith("CO-RE");
    }
}
