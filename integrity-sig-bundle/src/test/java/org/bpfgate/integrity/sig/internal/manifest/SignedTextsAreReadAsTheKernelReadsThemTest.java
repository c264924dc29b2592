package org.bpfgate.integrity.sig.internal.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.OK;
import static org.bpfgate.integrity.IntegrityVerdict.UNKNOWNKEY;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SignedContent;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.program.KeyringId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTextsAreReadAsTheKernelReadsThemTest {
    private static final byte[] TEXT = "sha256:00  name\n1 more line\n".getBytes(UTF_8);

    @TempDir
    static Path directory;

    static Openssl openssl;
    static Identity signer;
    static ManifestReader reader;

    @BeforeAll
    static void prepare() throws Exception {
        openssl = new Openssl(directory);
        signer = openssl.selfSigned("signer", "P-256");
        var keyrings = KeyringsReader.read(List.of(signer.certificateFile()));
        reader = new ManifestReader(() -> new ManifestReader.Rules(new Trust(keyrings, 7, 0), false));
    }

    private static SignedContent read(byte[] message) {
        return reader.read(message, KeyringId.USER);
    }

    private static void assertRefused(byte[] message, IntegrityVerdict verdict, String reason) {
        SignedContent result = read(message);
        assertThat(result.report().verdict()).isEqualTo(verdict);
        assertThat(result.report().reason()).contains(reason).doesNotContain("\n");
        assertThat(result.content()).isEmpty();
    }

    private static byte[] forged() {
        Forge forge = new Forge(signer, TEXT);
        forge.embeddedContent = TEXT;
        return forge.build(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-noattr -nocerts", "-nosmimecap -nocerts", "-nosmimecap"})
    void whatADetachedMessageWasMadeOverIsTold(String options) {
        byte[] message = openssl.cms(TEXT, signer, options.split(" ", -1));
        assertThat(reader.isSignatureOver(message, TEXT, KeyringId.USER)).isTrue();
        assertThat(reader.isSignatureOver(message, new byte[] {1}, KeyringId.USER))
                .isFalse();
        assertThat(reader.isSignatureOver(message, TEXT, 4711)).isFalse();
        assertThat(reader.isSignatureOver(new byte[] {1}, TEXT, KeyringId.USER)).isFalse();
    }

    @Test
    void ofAStrangerOnlyTheDigestInItsAttributesTells() {
        Identity stranger = openssl.selfSigned("unknown", "P-256");
        assertThat(reader.isSignatureOver(openssl.cms(TEXT, stranger, "-nosmimecap"), TEXT, KeyringId.USER))
                .isTrue();
        assertThat(reader.isSignatureOver(openssl.cms(TEXT, stranger, "-noattr", "-nocerts"), TEXT, KeyringId.USER))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-nodetach", "-nodetach -nosmimecap -nocerts", "-nodetach -noattr", "-nodetach -noattr -nocerts"
            })
    void whatOpensslAttaches(String options) {
        SignedContent result = read(openssl.cms(TEXT, signer, (options + " -nosmimecap").split(" ", -1)));
        assertThat(result.report().verdict()).as(result.report().toString()).isEqualTo(OK);
        assertThat(result.content()).contains(TEXT);
        assertThat(result.report().contract()).contains("manifest");
        assertThat(result.report().signer().orElseThrow().subject()).contains("CN=signer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMS", "PKCS7"})
    void pem(String label) {
        String body = Base64.getMimeEncoder().encodeToString(forged());
        String pem = "a comment\n-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        assertThat(read(pem.getBytes(UTF_8)).content()).contains(TEXT);
        assertRefused((pem + pem).getBytes(UTF_8), BADSIG, "holds 2 CMS messages");
        assertRefused(pem.replace(label, "X509 CRL").getBytes(UTF_8), BADSIG, "holds 0 CMS messages");
        assertRefused(pem.substring(0, 80).getBytes(UTF_8), BADSIG, "has no END line");
    }

    @Test
    void aDetachedMessageHasNoContentToRead() {
        assertRefused(new Forge(signer, TEXT).build(TEXT), BADSIG, "carries no content");
    }

    @Test
    void changedContentIsRefused() {
        Forge forge = new Forge(signer, TEXT);
        forge.embeddedContent = "sha256:11  name\n".getBytes(UTF_8);
        assertRefused(forge.build(TEXT), BADSIG, "the content was changed after signing");
    }

    @Test
    void noByteOfTheContentCanBeChanged() {
        byte[] message = forged();
        int start = new String(message, StandardCharsets.ISO_8859_1).indexOf("sha256:00");
        for (int i = start; i < start + TEXT.length; i++) {
            byte[] changed = message.clone();
            changed[i] ^= 1;
            assertRefused(changed, BADSIG, "");
        }
    }

    @Test
    void strangersJunkAndUnknownKeyringsAreRefused() {
        Identity stranger = openssl.selfSigned("stranger", "P-256");
        assertRefused(openssl.cms(TEXT, stranger, "-nodetach", "-nosmimecap"), BADSIG, "is not in the keyring user");
        assertRefused(TEXT, BADSIG, "PKCS#7");
        assertRefused(new byte[0], BADSIG, "is missing");
        assertRefused(Arrays.copyOf(forged(), 40), BADSIG, "longer than the data");
        assertThat(reader.read(forged(), 4711).report().verdict()).isEqualTo(UNKNOWNKEY);
        assertThat(reader.read(new byte[9], 4711).report().verdict()).isEqualTo(BADSIG);
    }

    @Test
    void theGenerationIsTheOneOfTheKeyrings() {
        assertThat(reader.keyringGeneration()).isEqualTo(7);
    }
}
