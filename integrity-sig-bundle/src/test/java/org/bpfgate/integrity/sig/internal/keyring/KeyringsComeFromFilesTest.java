package org.bpfgate.integrity.sig.internal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.program.KeyringId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringsComeFromFilesTest {
    @TempDir
    static Path keys;

    static Openssl openssl;
    static Identity one;
    static Identity two;

    @TempDir
    Path trust;

    @BeforeAll
    static void prepare() {
        openssl = new Openssl(keys);
        one = openssl.selfSigned("one", "P-256");
        two = openssl.selfSigned("two", "rsa:2048");
    }

    @BeforeEach
    void subDirectories() throws IOException {
        for (String name : List.of("builtin", "secondary", "platform", "blacklist", "other")) {
            Files.createDirectory(trust.resolve(name));
        }
    }

    private static boolean holds(Keyrings keyrings, int id, Identity identity) {
        Keyring keyring = keyrings.find(id);
        return keyring != null && keyring.find(identity.certificate().id()) != null;
    }

    @Test
    void aFileGoesIntoTheUserKeyring() throws InputFileException {
        Keyrings keyrings = KeyringsReader.read(List.of(one.certificateFile()));
        assertThat(holds(keyrings, KeyringId.USER, one)).isTrue();
        assertThat(holds(keyrings, KeyringId.BUILTIN, one)).isFalse();
        assertThat(keyrings.namesInUse()).containsExactly("user");
    }

    @ParameterizedTest
    @CsvSource({"builtin, 0", "secondary, 1", "platform, 2", "., -4"})
    void aSubDirectoryIsTheKeyringOfItsName(String name, int id) throws Exception {
        Files.copy(one.certificateFile(), trust.resolve(name).resolve("a.CRT"));
        Keyrings keyrings = KeyringsReader.read(List.of(trust));
        for (int other : List.of(0, 1, 2, -4)) {
            boolean linked = id == KeyringId.BUILTIN && other == KeyringId.SECONDARY;
            assertThat(holds(keyrings, other, one)).isEqualTo(other == id || linked);
        }
        assertThat(keyrings.namesInUse()).containsExactly(name.equals(".") ? "user" : name);
    }

    @Test
    void theBlacklistIsNotATrustedKeyring() throws Exception {
        Files.copy(one.certificateFile(), trust.resolve("blacklist/a.pem"));
        Keyrings keyrings = KeyringsReader.read(List.of(trust));
        assertThat(keyrings.namesInUse()).isEmpty();
        assertThat(keyrings.blacklist().isEmpty()).isFalse();
    }

    @Test
    void otherFilesAndDirectoriesAreLeftAlone() throws Exception {
        Files.writeString(trust.resolve("README.txt"), "not a certificate");
        Files.writeString(trust.resolve("other/bad.pem"), "not a certificate");
        assertThat(KeyringsReader.read(List.of(trust)).namesInUse()).isEmpty();
    }

    @Test
    void aPemFileHoldsSeveralCertificatesWithTextAround() throws Exception {
        Path file = trust.resolve("bundle.pem");
        Files.writeString(
                file,
                "# first: ü\n" + Files.readString(one.certificateFile()) + "\nsecond:\r\n"
                        + Files.readString(two.certificateFile()).replace("\n", "\r\n") + "the end");
        Keyrings keyrings = KeyringsReader.read(List.of(trust));
        assertThat(holds(keyrings, KeyringId.USER, one)).isTrue();
        assertThat(holds(keyrings, KeyringId.USER, two)).isTrue();
    }

    @Test
    void aDerFileHoldsOneCertificate() throws Exception {
        Files.write(trust.resolve("a.der"), one.certificate().encoded());
        assertThat(holds(KeyringsReader.read(List.of(trust)), KeyringId.USER, one))
                .isTrue();
    }

    private void assertFault(String content, String message) throws IOException {
        Path file = Files.writeString(trust.resolve("bad.pem"), content);
        assertThatThrownBy(() -> KeyringsReader.read(List.of(file)))
                .isInstanceOf(InputFileException.class)
                .hasMessageStartingWith(file + message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\",                                                              \": not a usable certificate\"",
                "\"hello\",                                                         \": not a usable certificate\"",
                "\"-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n\",                \": holds no certificate\"",
                "\"x\n-----BEGIN CERTIFICATE-----\nMIIB\n\",                        \":2: the CERTIFICATE block has no END\"",
                "\"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n\",  \":1: the CERTIFICATE block is not valid base64\"",
                "\"\n\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\", \":3: not a usable certificate\"",
            })
    void aFaultNamesFileAndLine(String content, String message) throws IOException {
        assertFault(content, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa:768", "P-224"})
    void unsupportedKeysAreRefused(String algorithm) {
        Identity[] made = new Identity[1];
        assertThatThrownBy(() -> made[0] = openssl.selfSigned("weak", algorithm))
                .hasMessageContaining("weak.pem:1: not a usable certificate")
                .hasMessageContaining("supported");
    }

    @Test
    void missingAndStrangeFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> KeyringsReader.read(List.of(trust.resolve("none.pem"))))
                .hasMessageEndingWith("none.pem: no such file");
        assertThatThrownBy(() -> KeyringsReader.read(List.of(Path.of("/dev/zero"))))
                .hasMessage("/dev/zero: not a regular file");
        Path huge = Files.write(trust.resolve("huge.pem"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> KeyringsReader.read(List.of(huge))).hasMessageEndingWith("larger than 1 MiB");
    }
}
