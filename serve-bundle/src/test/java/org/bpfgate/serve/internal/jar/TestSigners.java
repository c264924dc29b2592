package org.bpfgate.serve.internal.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys of several signers, made with keytool once, and jars that they sign with the JDK's jarsigner. */
public final class TestSigners {
    private static final char[] PASSWORD = "password".toCharArray();
    private static final Path DIRECTORY = directory();
    private static final KeyStore KEYS = keys();

    private TestSigners() {}

    private static Path directory() {
        try {
            return Files.createTempDirectory("signers");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore keys() {
        make("-genkeypair", "vendor", "-dname", "CN=Vendor");
        make("-genkeypair", "stranger", "-dname", "CN=Stranger");
        make("-genkeypair", "expired", "-dname", "CN=Expired", "-startdate", "2020/01/01 00:00:00", "-validity", "30");
        make("-genkeypair", "authority", "-dname", "CN=Authority", "-ext", "bc:c");
        make("-genkeypair", "issued", "-dname", "CN=Issued", "-signer", "authority", "-ext", "eku=codeSigning");
        make("-genkeypair", "server", "-dname", "CN=Server", "-signer", "authority", "-ext", "eku=serverAuth");
        try {
            return KeyStore.getInstance(DIRECTORY.resolve("keys.p12").toFile(), PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void make(String command, String alias, String... more) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-keystore",
                DIRECTORY.resolve("keys.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                "password"));
        line.addAll(Arrays.asList(more));
        if (!line.contains("-validity")) {
            line.addAll(List.of("-validity", "3650"));
        }
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the certificate of a signer in DER. */
    public static byte[] certificate(String alias) {
        try {
            return KEYS.getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts certificates into a directory of those who are trusted. */
    public static void trust(Path directory, String... aliases) throws IOException {
        Files.createDirectories(directory);
        for (String alias : aliases) {
            Files.write(directory.resolve(alias + ".crt"), certificate(alias));
        }
    }

    /** Signs a jar. */
    public static byte[] sign(byte[] jar, String alias, String... options) {
        return sign(jar, alias, "SIGNER", options);
    }

    /** Signs a jar under the name of a signature file, with properties of {@code JarSigner.Builder}, each a name and a value. */
    public static byte[] sign(byte[] jar, String alias, String name, String[] options) {
        try {
            Path plain = Files.createTempFile(DIRECTORY, "jar", ".jar");
            Files.write(plain, jar);
            Certificate[] chain = KEYS.getCertificateChain(alias);
            JarSigner.Builder signer = new JarSigner.Builder(
                            (PrivateKey) KEYS.getKey(alias, PASSWORD),
                            CertificateFactory.getInstance("X.509").generateCertPath(Arrays.asList(chain)))
                    .signerName(name);
            for (int i = 0; i < options.length; i += 2) {
                signer.setProperty(options[i], options[i + 1]);
            }
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            try (ZipFile in = new ZipFile(plain.toFile())) {
                signer.build().sign(in, signed);
            }
            Files.delete(plain);
            return signed.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
