package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.MlDsaIdentity;
import org.bpfgate.integrity.sig.Openssl;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.program.Instructions;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever signs hears at once what a release job would hear later. */
class SigningWarnsOfWhatVerifiersRefuseTest {
    private static final Instructions PROGRAM = Instructions.of(new byte[16]);

    @TempDir
    private Path directory;

    private Openssl openssl;

    @BeforeEach
    void prepare() {
        openssl = new Openssl(directory);
    }

    @Test
    void aGoodSignerIsNotWarned() throws SigningException {
        assertThat(warnings(openssl.selfSigned("good", "P-256"), new LoaderSigner()))
                .isEmpty();
        assertThat(warnings(openssl.selfSigned("good", "rsa:2048"), hornet())).isEmpty();
    }

    @Test
    void anExpiredCertificate() throws SigningException {
        Identity expired = openssl.expired("expired");
        assertThat(warnings(expired, hornet()))
                .singleElement()
                .asString()
                .matches("the certificate of CN=expired expired on 20\\d\\d-.*Z: mode strict refuses what it signs");
    }

    @Test
    void aKeyThatIsTooShort() throws SigningException {
        assertThat(warnings(openssl.selfSigned("short", "rsa:1024"), hornet()))
                .singleElement()
                .asString()
                .contains("less than 2048 bits");
    }

    @Test
    void aCertificateThatIsForSomethingElse() throws SigningException {
        Identity server = openssl.selfSigned("server", "P-256", "-addext", "extendedKeyUsage=serverAuth");
        assertThat(warnings(server, hornet())).singleElement().asString().contains("not for signing code");
    }

    @Test
    void anAlgorithmThatTheDefaultModeDoesNotKnow() throws Exception {
        SigningIdentity mlDsa =
                MlDsaIdentity.make(directory, "new", KeyKind.ML_DSA_65).signing();
        assertThat(warnings(mlDsa, hornet())).singleElement().asString().contains("ML-DSA-65 in mode strict only");
        assertThat(warnings(mlDsa, new MetadataSigner())).isEmpty();
    }

    private static HornetSigner hornet() {
        return new HornetSigner(MapSchema.HASHES);
    }

    private static List<String> warnings(Identity identity, ProgramSigner signer) throws SigningException {
        return warnings(identity.signing(), signer);
    }

    private static List<String> warnings(SigningIdentity identity, ProgramSigner signer) throws SigningException {
        List<String> warnings = new ArrayList<>();
        Optional<Path> certificate = identity.certificate();
        signer.sign(
                new SigningIdentity(identity.key(), certificate, PasswordSource.NONE, warnings::add),
                PROGRAM,
                List.of());
        return warnings;
    }
}
