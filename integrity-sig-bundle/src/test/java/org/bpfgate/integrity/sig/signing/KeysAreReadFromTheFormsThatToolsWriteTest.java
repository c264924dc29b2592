package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.contract.LoaderSigner;
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

    @ParameterizedTest
    @ValueSource(strings = {"-scrypt", "-v2 aes-192-cbc", "-v2 des3", "-v1 PBE-SHA1-3DES"})
    void aPasswordWithOtherLettersOpensEveryKindOfEncryption(String options) throws Exception {
        encrypt(rsa, options.split(" "));
        byte[] plain = sign("rsa.key", Optional.of(rsa.certificateFile()), PasswordSource.NONE);
        assertThat(sign("encrypted.key", Optional.of(rsa.certificateFile()), SECRET))
                .isEqualTo(plain);
        assertThatThrownBy(() -> sign("encrypted.key", Optional.of(rsa.certificateFile()), WRONG))
                .hasMessage(openssl.file("encrypted.key") + ":1: the password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-aes128", "-aes256", "-des3"})
    void theTraditionalFormIsOpenedWithItsPassword(String cipher) throws Exception {
        for (Identity identity : List.of(rsa, ec)) {
            boolean isRsa = identity.equals(rsa);
            List<String> words =
                    new java.util.ArrayList<>(List.of(isRsa ? "rsa" : "ec", cipher, "-out", "encrypted.key"));
            words.addAll(List.of("-in", identity.keyFile().toString(), "-passout", secretFile()));
            words.addAll(isRsa ? List.of("-traditional") : List.of());
            openssl.run(words.toArray(String[]::new));
            assertThat(openssl.file("encrypted.key")).content().contains("DEK-Info: ");
            Optional<Path> certificate = Optional.of(identity.certificateFile());
            assertThat(sign("encrypted.key", certificate, SECRET))
                    .isEqualTo(sign(identity.keyFile().getFileName().toString(), certificate, PasswordSource.NONE));
            assertThatThrownBy(() -> sign("encrypted.key", certificate, WRONG))
                    .hasMessage(openssl.file("encrypted.key") + ":1: the password is wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa.key | rsa -traditional -outform DER",
                "rsa.key | pkcs8 -topk8 -nocrypt -outform DER",
                "rsa.key | pkcs8 -topk8 -outform DER -passout pass:gehe",
                "ec.key  | ec -outform DER",
                "ec.key  | pkcs8 -topk8 -nocrypt -outform DER",
            })
    void derIsReadToo(String row) throws Exception {
        String[] parts = row.split(" *\\| ", -1);
        Identity identity = parts[0].equals("rsa.key") ? rsa : ec;
        openssl.run((parts[1] + " -in " + identity.keyFile() + " -out key.der").split(" "));
        Optional<Path> certificate = Optional.of(identity.certificateFile());
        assertThat(sign("key.der", certificate, file -> "gehe".toCharArray()))
                .isEqualTo(sign(parts[0], certificate, PasswordSource.NONE));
    }

    /** As many tools write them: the key, and the certificates behind it, its own not always first. */
    @Test
    void keyAndCertificateAreInOneFile() throws Exception {
        byte[] plain = sign("rsa.key", Optional.of(rsa.certificateFile()), PasswordSource.NONE);
        Files.writeString(openssl.file("both.pem"), "words\r\n" + text(rsa.keyFile()) + text(rsa.certificateFile()));
        assertThat(sign("both.pem", Optional.empty(), PasswordSource.NONE)).isEqualTo(plain);
        Files.writeString(
                openssl.file("chain.pem"),
                text(ec.certificateFile()) + text(rsa.certificateFile()) + text(rsa.keyFile()));
        assertThat(sign("chain.pem", Optional.empty(), PasswordSource.NONE)).isEqualTo(plain);
        Files.writeString(
                openssl.file("strangers.pem"),
                text(ec.certificateFile()) + text(ec.certificateFile()) + text(rsa.keyFile()));
        assertThatThrownBy(() -> sign("strangers.pem", Optional.empty(), PasswordSource.NONE))
                .hasMessage(
                        openssl.file("strangers.pem") + ": none of the certificates in it belongs to its private key");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    /** Every damage is one line, and never a signature that would not verify. */
    @Test
    void noDamagedFileEndsInAnythingButALine() throws Exception {
        pkcs12(rsa, "rsa.p12");
        openssl.run("rsa", "-in", "rsa.key", "-traditional", "-outform", "DER", "-out", "key.der");
        Random random = new Random(1);
        for (String name : List.of("rsa.key", "rsa.p12", "key.der", "ec.key")) {
            byte[] good = Files.readAllBytes(openssl.file(name));
            for (int i = 0; i < 150; i++) {
                byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
                for (int j = 0; j < 3 && bad.length > 0; j++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                }
                Files.write(openssl.file("bad"), bad);
                Identity identity = name.startsWith("ec") ? ec : rsa;
                try {
                    sign("bad", Optional.of(identity.certificateFile()), SECRET);
                } catch (SigningException e) {
                    assertThat(e.getMessage())
                            .startsWith(openssl.file("bad").toString())
                            .doesNotContain("\n");
                }
            }
        }
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
                .hasMessage(openssl.file("rsa.key")
                        + ": holds no certificate, so that it needs one beside it (--cert FILE)");
    }
}
