package org.bpfgate.integrity.sig.internal.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.program.Instructions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAreReadFromTheFormsThatToolsWriteTest {
    private static final Instructions PROGRAM =
            Instructions.of(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
    private static final PasswordSource SECRET = file -> "gehëim 1".toCharArray();
    private static final PasswordSource WRONG = file -> "wrong".toCharArray();

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity rsa;
    static Identity ec;

    @BeforeAll
    static void prepare() {
        openssl = new Openssl(directory);
        rsa = openssl.selfSigned("rsa", "rsa:2048");
        ec = openssl.selfSigned("ec", "P-384");
    }

    private static byte[] sign(String key, Optional<Path> certificate, PasswordSource password)
            throws SigningException {
        return new LoaderSigner()
                .sign(new SigningIdentity(openssl.file(key), certificate, password), PROGRAM, List.of());
    }

    /** As a file, because the argument of a process is what the locale makes of it. */
    private static String secretFile() {
        try {
            return "file:" + Files.writeString(openssl.file("secret"), "gehëim 1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code openssl pkcs8} has the password as its own bytes, here UTF-8. */
    private static void encrypt(Identity identity, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("pkcs8", "-topk8", "-out", "encrypted.key"));
        words.addAll(List.of("-in", identity.keyFile().toString(), "-passout", secretFile()));
        words.addAll(List.of(options));
        openssl.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-v2 aes-256-cbc",
                "-v2 aes-128-cbc -v2prf hmacWithSHA1",
                "-v2 aes-256-cbc -v2prf hmacWithSHA512",
            })
    void encryptedPkcs8IsOpenedWithItsPassword(String options) throws Exception {
        for (Identity identity : List.of(rsa, ec)) {
            openssl.run(
                    ("pkcs8 -topk8 -out encrypted.key -passout pass:secret " + options + " -in " + identity.keyFile())
                            .split(" "));
            Optional<Path> certificate = Optional.of(identity.certificateFile());
            assertThat(sign("encrypted.key", certificate, file -> "secret".toCharArray()))
                    .isNotEmpty();
            assertThatThrownBy(() -> sign("encrypted.key", certificate, WRONG))
                    .isInstanceOf(SigningException.class)
                    .hasMessage(openssl.file("encrypted.key") + ":1: the password is wrong");
        }
    }

    /** Of 2,000 wrong passwords some eight leave a padding that looks right. */
    @Test
    void everyWrongPasswordIsCalledWrong() {
        encrypt(rsa, "-v2", "aes-256-cbc", "-iter", "1");
        for (int i = 0; i < 2_000; i++) {
            char[] wrong = ("wrong" + i).toCharArray();
            assertThatThrownBy(() -> sign("encrypted.key", Optional.of(rsa.certificateFile()), file -> wrong.clone()))
                    .isInstanceOf(SigningException.class)
                    .hasMessageEndingWith("encrypted.key:1: the password is wrong");
        }
    }

    @Test
    void encryptionThatThePlatformDoesNotKnowIsNamedAsSuch() {
        encrypt(rsa, "-scrypt");
        assertThatThrownBy(() -> sign("encrypted.key", Optional.of(rsa.certificateFile()), SECRET))
                .hasMessageContaining("encrypted.key:1: is encrypted in a way that is not supported");
    }

    private static void pkcs12(Identity identity, String file, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("pkcs12", "-export", "-out", file));
        words.addAll(List.of("-inkey", identity.keyFile().toString()));
        words.addAll(List.of("-in", identity.certificateFile().toString(), "-passout", secretFile()));
        words.addAll(List.of(options));
        openssl.run(words.toArray(String[]::new));
    }

    @Test
    void pkcs12HoldsKeyAndCertificate() throws Exception {
        pkcs12(rsa, "rsa.p12");
        pkcs12(ec, "ec.p12", "-keypbe", "AES-128-CBC", "-certpbe", "AES-128-CBC");
        assertThat(sign("rsa.p12", Optional.empty(), SECRET))
                .isEqualTo(sign("rsa.key", Optional.of(rsa.certificateFile()), PasswordSource.NONE));
        assertThat(sign("ec.p12", Optional.empty(), SECRET)).isNotEmpty();
        assertThat(sign("ec.p12", Optional.of(ec.certificateFile()), SECRET)).isNotEmpty();
    }

    @Test
    void aFaultOfPkcs12NamesTheFile() {
        pkcs12(rsa, "rsa.p12");
        pkcs12(rsa, "nokey.p12", "-nokeys");
        assertThatThrownBy(() -> sign("rsa.p12", Optional.empty(), WRONG))
                .hasMessage(openssl.file("rsa.p12") + ": the password is wrong");
        assertThatThrownBy(() -> sign("nokey.p12", Optional.empty(), SECRET))
                .hasMessage(openssl.file("nokey.p12") + ": holds 0 private keys with a certificate, not one");
        assertThatThrownBy(() -> sign("rsa.p12", Optional.of(ec.certificateFile()), SECRET))
                .hasMessageContaining("rsa.p12: this private key does not belong to the certificate");
        assertThatThrownBy(() -> sign("rsa.p12", Optional.empty(), PasswordSource.NONE))
                .hasMessage(openssl.file("rsa.p12") + ": is encrypted, and no password is given");
    }

    @Test
    void aPemKeyNeedsACertificateBesideIt() {
        assertThatThrownBy(() -> sign("rsa.key", Optional.empty(), PasswordSource.NONE))
                .hasMessage(openssl.file("rsa.key") + ": is not PKCS#12, so that it needs a certificate beside it");
    }
}
