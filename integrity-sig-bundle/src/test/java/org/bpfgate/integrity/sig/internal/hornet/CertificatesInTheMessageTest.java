package org.bpfgate.integrity.sig.internal.hornet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfgate.integrity.IntegrityVerdict.BADSIG;
import static org.bpfgate.integrity.IntegrityVerdict.PARTIALSIG;
import static org.bpfgate.integrity.sig.Forge.signingTime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.Forge;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that travel with the message: chains, their trust, and what is checked only then. */
class CertificatesInTheMessageTest {
    @TempDir
    static Path directory;

    static Bench bench;
    static Identity root;
    static Identity middle;
    static Identity leaf;

    @BeforeAll
    static void prepare() throws IOException {
        bench = new Bench(directory);
        Path extensions = Files.writeString(
                directory.resolve("ext.cnf"), "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
        root = bench.openssl.selfSigned("root", "rsa:2048");
        middle = bench.openssl.issuedBy(root, "middle", "-extfile", extensions.toString());
        leaf = bench.openssl.issuedBy(middle, "leaf", "-extfile", extensions.toString());
    }

    private static Forge signed(Identity... sent) {
        byte[][] certificates = new byte[sent.length][];
        for (int i = 0; i < sent.length; i++) {
            certificates[i] = sent[i].certificate().encoded();
        }
        Forge forge = new Forge(leaf, bench.code);
        forge.certificates = Der.element(Tag.context(0), certificates);
        return forge;
    }

    private static IntegrityReport verify(Forge forge, Identity trusted) {
        return bench.verify(Bench.keyrings(trusted.certificateFile()), bench.code, forge.build(bench.code));
    }

    @Test
    void aChainToARootInTheKeyringIsTrustedAndTheSignerIsTheLeaf() {
        IntegrityReport report = verify(signed(leaf, middle), root);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(PARTIALSIG);
        assertThat(report.signer().orElseThrow().subject()).isEqualTo("CN=leaf");
    }

    @Test
    void aChainWithItsRootInTheMessageIsTrustedThroughTheKeyring() {
        assertThat(verify(signed(root, leaf, middle), root).verdict()).isEqualTo(PARTIALSIG);
    }

    @Test
    void anIntermediateInTheKeyringSuffices() {
        assertThat(verify(signed(leaf, middle), middle).verdict()).isEqualTo(PARTIALSIG);
        assertThat(verify(signed(leaf), middle).verdict()).isEqualTo(PARTIALSIG);
    }

    @Test
    void theSignersOwnCertificateInTheKeyringSuffices() {
        assertThat(verify(signed(leaf), leaf).verdict()).isEqualTo(PARTIALSIG);
        assertThat(verify(signed(), leaf).verdict()).isEqualTo(PARTIALSIG);
    }

    @Test
    void aGapInTheChainIsNotTrusted() {
        assertThat(verify(signed(leaf), root).reason()).contains("is not in the keyring user");
    }

    @Test
    void anUnknownRootInTheMessageIsNotTrusted() {
        assertThat(verify(signed(root, leaf, middle), bench.ec).verdict()).isEqualTo(BADSIG);
    }

    @Test
    void aForgedLinkIsRefused() {
        byte[] forged = leaf.certificate().encoded();
        forged[forged.length - 1] ^= 1;
        Forge forge = signed();
        forge.certificates =
                Der.element(Tag.context(0), forged, middle.certificate().encoded());
        assertThat(verify(forge, root).reason()).contains("is not signed by its issuer");
    }

    @Test
    void aForgedLinkToTheKeyringIsRefused() {
        byte[] forged = leaf.certificate().encoded();
        forged[forged.length - 1] ^= 1;
        Forge forge = signed();
        forge.certificates = Der.element(Tag.context(0), forged);
        assertThat(verify(forge, middle).reason())
                .contains("in the keyring user")
                .contains("is not signed");
    }

    @Test
    void aSelfSignedCertificateWithABadSignatureIsRefused() {
        byte[] forged = root.certificate().encoded();
        forged[forged.length - 1] ^= 1;
        Forge forge = signed();
        forge.certificates = Der.element(Tag.context(0), forged);
        assertThat(verify(forge, leaf).reason()).contains("self-signed certificate has a bad signature");
    }

    @Test
    void aSigningTimeOutsideTheValidityCountsOnlyWhenTheCertificateIsThere() {
        Forge with = signed(leaf).with(signingTime("200101000000Z"));
        assertThat(verify(with, leaf).reason())
                .contains("signing time lies outside", "signed at 2020-01-01T00:00:00Z", "is valid from 20", "Z to 2");
        assertThat(verify(signed().with(signingTime("200101000000Z")), leaf).verdict())
                .isEqualTo(PARTIALSIG);
    }

    @Test
    void aBlacklistedKeyIsRefusedThoughTrusted() throws IOException {
        Path blacklist = Files.createDirectories(directory.resolve("trust/blacklist"));
        Files.copy(middle.certificateFile(), blacklist.resolve("middle.pem"));
        Files.copy(root.certificateFile(), directory.resolve("trust/root.pem"));
        IntegrityReport report = bench.verify(
                Bench.keyrings(directory.resolve("trust")),
                bench.code,
                signed(leaf, middle).build(bench.code));
        assertThat(report.verdict()).isEqualTo(BADSIG);
        assertThat(report.reason()).contains("blacklist");
    }

    @Test
    void attributesOnOneSignerOnlyAreRefused() {
        Forge with = signed();
        Forge without = new Forge(bench.ec, bench.code);
        without.attributes = List.of();
        byte[] message = with.message(List.of(with.signerInfo(bench.code), without.signerInfo(bench.code)));
        assertThat(bench.verify(message).reason()).contains("others have none");
    }

    @Test
    void aMessageNeedsOneSignerAndHasAtMost64() {
        Forge forge = signed();
        byte[] info = forge.signerInfo(bench.code);
        assertThat(bench.verify(forge.message(List.of())).reason()).contains("has no signer");
        assertThat(bench.verify(forge.message(Collections.nCopies(65, info))).reason())
                .contains("more than 64 signers");
    }

    @Test
    void aTrustedSignersBadSignatureSpoilsTheMessageOfTheOther() {
        Forge good = new Forge(bench.ec, bench.code);
        byte[] bad = new Forge(bench.rsa, bench.code).signerInfo(bench.code);
        bad[bad.length - 1] ^= 1;
        IntegrityReport report = bench.verify(good.message(List.of(good.signerInfo(bench.code), bad)));
        assertThat(report.reason()).contains("does not verify").contains("CN=rsa");
    }

    /** A certificate in a keyring with issuer and serial number of another one, and another key. */
    private static Identity twin(String name, String serial, String cn) {
        bench.openssl.run(
                "req",
                "-x509",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/O=bpfgate test/CN=" + cn,
                "-set_serial",
                serial,
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-keyout",
                name + ".key",
                "-out",
                name + ".pem");
        return bench.openssl.identity(name);
    }

    @Test
    void aKeyOfTheSameNameAndNumberWithAnotherIdentifierIsAnotherKey() {
        Identity sent = twin("sent", "7", "twin");
        Identity known = twin("known", "7", "twin");
        Forge forge = new Forge(sent, bench.code);
        forge.certificates = Der.element(Tag.context(0), sent.certificate().encoded());

        assertThat(verify(forge, sent).verdict()).isEqualTo(PARTIALSIG);
        assertThat(verify(forge, known).code()).contains("untrusted-signer");
    }

    @Test
    void anIssuerOfTheSameNameAndNumberWithAnotherIdentifierBreaksTheChain() throws IOException {
        Path extensions = Files.writeString(
                directory.resolve("both.cnf"),
                "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always,issuer:always\n");
        Identity issuer = twin("issuer", "9", "authority");
        Identity other = twin("other", "9", "authority");
        Identity issued = bench.openssl.issuedBy(issuer, "issued", "-extfile", extensions.toString());
        Forge forge = new Forge(issued, bench.code);
        forge.certificates = Der.element(Tag.context(0), issued.certificate().encoded());

        assertThat(verify(forge, issuer).verdict()).isEqualTo(PARTIALSIG);
        IntegrityReport report = verify(forge, other);
        assertThat(report.code()).contains("broken-chain");
        assertThat(report.reason()).contains("names an issuer of the keyring user with another key");
    }

    /** As in the kernel the first of two certificates counts; mode strict tries both. */
    @Test
    void ofTwoCertificatesWithOneIdentityModeStrictTriesBoth() {
        Identity signer = twin("signer1", "11", "same");
        Identity other = twin("signer2", "11", "same");
        Forge forge = new Forge(signer, bench.code);
        forge.sorted = true;
        byte[] message = forge.build(bench.code);
        Keyrings both = Bench.keyrings(other.certificateFile(), signer.certificateFile());

        assertThat(bench.verify(both, bench.code, message).code()).contains("signature-mismatch");
        IntegrityReport strict = Reported.byHornet(
                both, HornetMode.STRICT, bench.load(bench.code).withSignature(message));
        assertThat(strict.verdict()).as("%s", strict).isEqualTo(PARTIALSIG);
        assertThat(strict.signers()).containsExactly(signer.certificate().asSigner());
    }
}
