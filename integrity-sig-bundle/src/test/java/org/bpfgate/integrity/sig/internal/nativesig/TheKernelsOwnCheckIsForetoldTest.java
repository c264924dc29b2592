package org.bpfgate.integrity.sig.internal.nativesig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNKNOWNKEY;
import static org.bpfgate.integrity.IntegrityVerdict.UNSIGNED;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Linux 6.18 was seen to answer for messages of OpenSSL, row by row. */
class TheKernelsOwnCheckIsForetoldTest {
    private static final byte[] CODE = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity rsa;
    static Keyrings keyrings;

    @BeforeAll
    static void prepare() throws Exception {
        openssl = new Openssl(directory);
        rsa = openssl.selfSigned("rsa", "rsa:2048");
        keyrings = KeyringsReader.read(List.of(rsa.certificateFile()));
    }

    private static ProgramLoad load(byte[] signature) {
        return ProgramLoad.of(new BpfProgram("", ProgramType.SYSCALL, Instructions.of(CODE)))
                .withKeyring(KeyringId.USER)
                .withSignature(signature);
    }

    private static IntegrityReport report(byte[] signature) {
        return Reported.byNative(keyrings, load(signature));
    }

    private static void assertErrno(byte[] signature, String errno) {
        IntegrityReport report = report(signature);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(BADSIG);
        assertThat(report.reason()).endsWith("; " + errno).doesNotContain("\n");
    }

    private static byte[] cms(String options) {
        return openssl.cms(CODE, rsa, options.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "-noattr,                                   OK,     ''",
        "-noattr -nocerts,                          OK,     ''",
        "-noattr -nocerts -keyid,                   OK,     ''",
        "-noattr -keyid,                            OK,     ''",
        "-nocerts,                                  BADSIG, EKEYREJECTED",
        "-nocerts -nosmimecap,                      OK,     ''",
        "-noattr -nocerts -md sha1,                 OK,     ''",
        "-noattr -nocerts -md sha256,               OK,     ''",
        "-noattr -nocerts -md sha512,               OK,     ''",
        "-noattr -nocerts -md sha3-256,             OK,     ''",
        "-noattr -nocerts -keyopt rsa_padding_mode:pss, BADSIG, ENOPKG",
        "-noattr -nocerts -nodetach,                BADSIG, EBADMSG",
    })
    void messagesOfOpenssl(String options, IntegrityVerdict verdict, String errno) {
        IntegrityReport report = report(cms(options));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.reason()).endsWith(errno);
        assertThat(report.contract().orElse("none")).isEqualTo(verdict == OK ? "loader" : "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:4096", "P-256"})
    void otherKeys(String algorithm) throws Exception {
        Identity signer = openssl.selfSigned("other", algorithm);
        Keyrings trusted = KeyringsReader.read(List.of(signer.certificateFile()));
        IntegrityReport report = Reported.byNative(trusted, load(openssl.cms(CODE, signer, "-noattr", "-nocerts")));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(OK);
    }

    @Test
    void twoSignersOneKnown() {
        Identity stranger = openssl.selfSigned("stranger", "P-256");
        byte[] message = openssl.cms(
                CODE,
                stranger,
                "-noattr",
                "-nocerts",
                "-signer",
                rsa.certificateFile().toString(),
                "-inkey",
                rsa.keyFile().toString());
        assertThat(report(message).verdict()).isEqualTo(OK);
        assertThat(report(message).signer().orElseThrow().subject()).contains("CN=rsa");
    }

    @Test
    void aChainToTheAuthorityInTheKeyring() throws Exception {
        Path extensions = Files.writeString(directory.resolve("ext"), "authorityKeyIdentifier=keyid\n");
        Identity leaf = openssl.issuedBy(rsa, "leaf", "-extfile", extensions.toString());
        assertThat(report(openssl.cms(CODE, leaf, "-noattr")).verdict()).isEqualTo(OK);
        assertErrno(openssl.cms(CODE, leaf, "-noattr", "-nocerts"), "ENOKEY");
    }

    @Test
    void notAMessage() {
        byte[] good = cms("-noattr -nocerts");
        assertErrno(rsa.sign("SHA256", CODE), "EBADMSG");
        assertErrno(Arrays.copyOf(good, good.length - 1), "EBADMSG");
        assertErrno("junk".getBytes(StandardCharsets.US_ASCII), "EBADMSG");
        assertErrno(new byte[0], "EINVAL");
    }

    @Test
    void corruptedSignatureOctetsAndOtherInstructions() {
        byte[] corrupted = cms("-noattr -nocerts");
        corrupted[corrupted.length - 1] ^= 1;
        assertErrno(corrupted, "EKEYREJECTED");
        assertErrno(openssl.cms(new byte[16], rsa, "-noattr", "-nocerts"), "EKEYREJECTED");
        assertErrno(openssl.cms(new byte[16], rsa, "-nosmimecap", "-nocerts"), "EKEYREJECTED");
    }

    @Test
    void aWrongKeyAnEmptyKeyringAndSystemKeyringsWithoutTheKey() {
        byte[] good = cms("-noattr -nocerts");
        assertErrno(openssl.cms(CODE, openssl.selfSigned("wrong", "P-256"), "-noattr", "-nocerts"), "ENOKEY");
        for (int id : new int[] {KeyringId.BUILTIN, KeyringId.SECONDARY, KeyringId.PLATFORM}) {
            IntegrityReport report = Reported.byNative(keyrings, load(good).withKeyring(id));
            assertThat(report.code()).contains("untrusted-signer");
            assertThat(report.reason()).endsWith("; ENOKEY");
        }
        assertThat(Reported.byNative(Keyrings.EMPTY, load(good)).reason()).endsWith("; ENOKEY");
    }

    @Test
    void zerosBehindTheMessageAreTolerated() {
        byte[] good = cms("-noattr -nocerts");
        assertThat(report(Arrays.copyOf(good, good.length + 4096)).verdict()).isEqualTo(OK);
    }

    @Test
    void theSizeIsLookedAtFirstThenTheKeyringThenTheMessage() {
        ProgramLoad junk = load(new byte[64]).withKeyring(Integer.MAX_VALUE);
        assertThat(Reported.byNative(keyrings, junk).verdict()).isEqualTo(UNKNOWNKEY);
        ProgramLoad large = junk.withSignature(new byte[8193]);
        assertThat(Reported.byNative(keyrings, large).code()).contains("oversize-signature");
        assertErrno(Arrays.copyOf(cms("-noattr -nocerts"), 8193), "EINVAL");
        assertThat(report(Arrays.copyOf(cms("-noattr -nocerts"), 8192)).verdict())
                .isEqualTo(OK);
    }

    @Test
    void withoutASignatureNothingIsChecked() {
        ProgramLoad unsigned = ProgramLoad.of(new BpfProgram("", ProgramType.XDP, Instructions.of(CODE)));
        assertThat(Reported.byNative(keyrings, unsigned).verdict()).isEqualTo(UNSIGNED);
        assertThat(Reported.byNative(keyrings, unsigned.withKeyring(99)).verdict())
                .isEqualTo(UNSIGNED);
    }

    @Test
    void anExpiredCertificateCounts() throws Exception {
        Identity expired = openssl.expired("expired");
        Keyrings trusted = KeyringsReader.read(List.of(expired.certificateFile()));
        byte[] message = openssl.cms(CODE, expired, "-noattr", "-nocerts");
        assertThat(Reported.byNative(trusted, load(message)).verdict()).isEqualTo(OK);
    }
}
