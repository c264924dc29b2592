package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.ManifestSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryContractIsAsTheKernelsToolMakesItTest {
    private static final Instructions PROGRAM =
            Instructions.of(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});

    @TempDir
    static Path directory;

    static Openssl openssl;

    @BeforeAll
    static void prepare() {
        openssl = new Openssl(directory);
    }

    private static Openssl.Result verify(Identity identity, byte[] message, String... content) throws Exception {
        Files.write(openssl.file("message"), message);
        Openssl.Result result = openssl.tryRun(concat(
                content,
                "cms -verify -binary -inform DER -in message -purpose any -out content.out -CAfile",
                identity.certificateFile().toString(),
                "-certfile",
                identity.certificateFile().toString()));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    private static String[] concat(String[] content, String words, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(more));
        all.addAll(List.of(content));
        return all.toArray(String[]::new);
    }

    private static String print(byte[] message) throws Exception {
        Files.write(openssl.file("message"), message);
        return openssl.tryRun("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", "message")
                .output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "P-256", "P-384"})
    void opensslMakesTheSameLoaderSignature(String algorithm) throws Exception {
        Identity identity = openssl.selfSigned("loader" + algorithm.replace(':', '-'), algorithm);
        byte[] ours = new LoaderSigner().sign(identity.signing(), PROGRAM, List.of());
        byte[] theirs = openssl.cms(PROGRAM.toByteArray(), identity, "-noattr", "-nocerts", "-keyid", "-md", "sha256");
        if (algorithm.startsWith("rsa")) {
            assertThat(HexFormat.of().formatHex(ours)).isEqualTo(HexFormat.of().formatHex(theirs));
        } else {
            // ECDSA signatures are random, and their length varies by a byte or two.
            assertThat(fieldsOf(ours)).isEqualTo(fieldsOf(theirs));
        }
        verify(identity, ours, "-content", program());
    }

    private static String fieldsOf(byte[] message) throws Exception {
        String text = print(message);
        return text.substring(0, text.indexOf("signature: "));
    }

    private static String program() throws Exception {
        return Files.write(openssl.file("insns.bin"), PROGRAM.toByteArray()).toString();
    }

    @Test
    void metadataCoversInstructionsAndThenTheMapsInTheirOrder() throws Exception {
        Identity identity = openssl.selfSigned("metadata", "P-256");
        List<byte[]> maps = List.of(new byte[] {9, 9}, new byte[] {1});
        byte[] message = new MetadataSigner().sign(identity.signing(), PROGRAM, maps);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(PROGRAM.toByteArray());
        maps.forEach(signed::writeBytes);
        Path content = Files.write(openssl.file("signed.bin"), signed.toByteArray());
        verify(identity, message, "-content", content.toString());
        assertThat(print(message)).contains("d.subjectKeyIdentifier").contains("signedAttrs:\n          <ABSENT>");
    }

    @Test
    void metadataIsSignedUpToTheKernelsLimit() throws Exception {
        Identity identity = openssl.selfSigned("large", "P-256");
        byte[] map = new byte[(16 << 20) - PROGRAM.toByteArray().length];
        assertThat(new MetadataSigner().sign(identity.signing(), PROGRAM, List.of(map)))
                .isNotEmpty();
        assertThatThrownBy(() -> new MetadataSigner().sign(identity.signing(), PROGRAM, List.of(map, new byte[1])))
                .isInstanceOf(SigningException.class)
                .hasMessageContaining("16777217 bytes");
    }

    @Test
    void aManifestCarriesItsText() throws Exception {
        Identity identity = openssl.selfSigned("manifest", "rsa:2048");
        byte[] text = "sha256:00 xdp drop\n".getBytes(StandardCharsets.UTF_8);
        byte[] ours = new ManifestSigner().sign(identity.signing(), text);
        verify(identity, ours);
        assertThat(openssl.file("content.out")).hasBinaryContent(text);
        byte[] theirs = openssl.cms(text, identity, "-noattr", "-nocerts", "-nodetach", "-md", "sha256");
        assertThat(HexFormat.of().formatHex(ours)).isEqualTo(HexFormat.of().formatHex(theirs));
    }

    @Test
    void aManifestThatTheKernelCouldNotReadIsRefused() {
        Identity identity = openssl.selfSigned("long", "P-256");
        assertThatThrownBy(() -> new ManifestSigner().sign(identity.signing(), new byte[65_536]))
                .isInstanceOf(SigningException.class)
                .hasMessageContaining("the kernel's decoder takes 65535");
    }

    @Test
    void theOlderHornetSchemaHasAnIndexBeforeEachHash() throws Exception {
        Identity identity = openssl.selfSigned("v7", "P-256");
        ProgramSigner signer = new HornetSigner(MapSchema.INDEXED_HASHES);
        byte[] message = signer.sign(identity.signing(), PROGRAM, List.of(new byte[8], new byte[16]));
        verify(identity, message, "-content", program());
        assertThat(HexFormat.of().formatHex(message)).contains("3025020100" + "0420", "3025020101" + "0420");
        assertThatThrownBy(() -> signer.sign(identity.signing(), PROGRAM, Collections.nCopies(64, new byte[8])))
                .hasMessage("64 maps are too many: a signature covers at most 63");
    }

    @Test
    void aLoaderSignatureCoversNoMaps() {
        Identity identity = openssl.selfSigned("maps", "P-256");
        assertThatThrownBy(() -> new LoaderSigner().sign(identity.signing(), PROGRAM, List.of(new byte[8])))
                .isInstanceOf(SigningException.class)
                .hasMessageStartingWith("the contract loader covers instructions only");
    }

    @Test
    void aSignerNamedByItsKeyNeedsAKeyIdentifier() {
        openssl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=x",
                "-keyout",
                "noid.key",
                "-out",
                "noid.pem",
                "-addext",
                "subjectKeyIdentifier=none");
        assertThatThrownBy(
                        () -> new LoaderSigner().sign(openssl.identity("noid").signing(), PROGRAM, List.of()))
                .isInstanceOf(SigningException.class)
                .hasMessageContaining("has no subject key identifier");
    }
}
