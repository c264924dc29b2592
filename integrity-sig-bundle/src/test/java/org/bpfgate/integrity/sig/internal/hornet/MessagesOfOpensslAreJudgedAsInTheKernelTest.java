package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.PARTIALSIG;

import java.nio.file.Path;
import java.util.Arrays;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesOfOpensslAreJudgedAsInTheKernelTest {
    @TempDir
    static Path directory;

    static Bench bench;

    @BeforeAll
    static void prepare() {
        bench = new Bench(directory);
    }

    private static void assertVerdict(byte[] message, IntegrityVerdict verdict, String reason) {
        IntegrityReport report = bench.verify(message);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(verdict);
        assertThat(report.reason()).contains(reason);
    }

    @ParameterizedTest(name = "openssl cms -sign {0}")
    @CsvSource({
        "-nocerts -noattr,                     PARTIALSIG, ''",
        "-nocerts -nosmimecap,                 PARTIALSIG, ''",
        "-nocerts,                             BADSIG,     smimeCapabilities",
        "-nosmimecap,                          PARTIALSIG, ''",
        "-nosmimecap -nocerts -keyid,          PARTIALSIG, ''",
        "-nosmimecap -keyid,                   PARTIALSIG, ''",
        "-nosmimecap -nocerts -nodetach,       BADSIG,     detached",
        "-nosmimecap -stream -indef,           BADSIG,     detached",
        "-nosmimecap -nocerts -md sha1,        PARTIALSIG, ''",
        "-nosmimecap -nocerts -md sha224,      PARTIALSIG, ''",
        "-nosmimecap -nocerts -md sha384,      PARTIALSIG, ''",
        "-nosmimecap -nocerts -md sha512,      PARTIALSIG, ''",
        "-noattr -nocerts -md sha512,          PARTIALSIG, ''",
        "-nosmimecap -nocerts -md sha3-256,    PARTIALSIG, ''",
        "-nosmimecap -nocerts -md md5,         BADSIG,     digest algorithm",
        "-nosmimecap -nocerts -econtent_type pkcs7-encryptedData, BADSIG, of type",
        "-nosmimecap -nocerts -keyopt rsa_padding_mode:pss, BADSIG, signature algorithm",
        "-nosmimecap -nocerts -cades,          PARTIALSIG, ''",
    })
    void rsa(String options, IntegrityVerdict verdict, String reason) {
        assertVerdict(bench.openssl.cms(bench.code, bench.rsa, options.split(" ", -1)), verdict, reason);
    }

    @ParameterizedTest
    @CsvSource({"P-384, sha384", "P-521, sha512", "P-521, sha256"})
    void ecdsa(String curve, String digest) {
        Identity signer = bench.openssl.selfSigned(curve + digest, curve);
        byte[] message = bench.openssl.cms(bench.code, signer, "-nocerts", "-nosmimecap", "-md", digest);
        IntegrityReport report = bench.verify(Bench.keyrings(signer.certificateFile()), bench.code, message);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(PARTIALSIG);
    }

    @Test
    void anExpiredCertificateIsAccepted() {
        Identity expired = bench.openssl.expired("expired");
        byte[] message = new Forge(expired, bench.code).build(bench.code);
        assertThat(bench.verify(Bench.keyrings(expired.certificateFile()), bench.code, message)
                        .verdict())
                .isEqualTo(PARTIALSIG);
    }

    @Test
    void aStrangerIsBadAndNamed() {
        byte[] message = bench.openssl.cms(bench.code, bench.stranger, "-nosmimecap");
        assertVerdict(message, BADSIG, "(issuer CN=stranger,O=bpfgate test, serial number ");
        assertVerdict(message, BADSIG, "is not in the keyring user");
    }

    @Test
    void oneTrustedSignerOfTwoSuffices() {
        byte[] message = bench.openssl.cms(
                bench.code,
                bench.stranger,
                "-nosmimecap",
                "-nocerts",
                "-signer",
                path(bench.rsa),
                "-inkey",
                key(bench.rsa));
        assertVerdict(message, PARTIALSIG, "");
        assertThat(bench.verify(message).signer().orElseThrow().subject()).contains("CN=rsa");
    }

    @Test
    void twoStrangersAreBad() {
        byte[] message = bench.openssl.cms(
                bench.code,
                bench.stranger,
                "-nosmimecap",
                "-nocerts",
                "-signer",
                path(bench.rsa),
                "-inkey",
                key(bench.rsa));
        assertThat(bench.verify(Bench.keyrings(bench.ec.certificateFile()), bench.code, message)
                        .reason())
                .contains("nor is any of the 1 other signers");
    }

    @Test
    void bytesBehindTheMessageAreTolerated() {
        byte[] message = bench.openssl.cms(bench.code, bench.rsa, "-nosmimecap");
        assertVerdict(Arrays.copyOf(message, message.length + 9), PARTIALSIG, "");
    }

    @Test
    void aMessageAboveTheDecodersLimitIsBad() {
        byte[] message = bench.openssl.cms(bench.code, bench.rsa, "-nosmimecap");
        assertVerdict(Arrays.copyOf(message, 0xffff), PARTIALSIG, "");
        assertVerdict(Arrays.copyOf(message, 0x10000), BADSIG, "it has 65536 bytes");
    }

    private static String path(Identity identity) {
        return identity.certificateFile().toString();
    }

    private static String key(Identity identity) {
        return identity.keyFile().toString();
    }
}
