package org.bpfgate.integrity.sig.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.MlDsaIdentity;
import org.bpfgate.integrity.sig.Reported;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.Der;
import org.bpfgate.integrity.sig.internal.asn1.Oid;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.hornet.HornetMode;
import org.bpfgate.integrity.sig.internal.keyring.Keyrings;
import org.bpfgate.integrity.sig.internal.keyring.KeyringsReader;
import org.bpfgate.integrity.sig.internal.pkcs7.SignedMessageReader;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;
import org.bpfgate.integrity.sig.internal.x509.SignatureAlgorithm;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.ProgramType;
import org.bpfgate.signing.internal.contract.HornetSigner;
import org.bpfgate.signing.internal.contract.LoaderSigner;
import org.bpfgate.signing.internal.contract.ManifestSigner;
import org.bpfgate.signing.internal.contract.MapSchema;
import org.bpfgate.signing.internal.contract.MetadataSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MlDsaSignsWhereTheKernelKnowsItTest {
    private static final Instructions PROGRAM =
            Instructions.of(new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0});
    private static final Oid SHA512 = Oid.of("608648016503040203");

    @TempDir
    Path directory;

    private static ProgramLoad load(byte[] code, byte[] message) {
        BpfProgram program = new BpfProgram("", ProgramType.XDP, Instructions.of(code));
        return ProgramLoad.of(program).withKeyring(KeyringId.USER).withSignature(message);
    }

    private static IntegrityReport hornet(HornetMode mode, Identity trusted, byte[] code, byte[] message)
            throws Exception {
        Keyrings keyrings = KeyringsReader.read(List.of(trusted.certificateFile()));
        return Reported.byHornet(keyrings, mode, load(code, message));
    }

    private static IntegrityReport nativeRules(Identity trusted, byte[] code, byte[] message) throws Exception {
        Keyrings keyrings = KeyringsReader.read(List.of(trusted.certificateFile()));
        return Reported.byNative(keyrings, load(code, message));
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void strictVerifiesItAndNoChangedByteDoes(KeyKind kind) throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", kind);
        byte[] code = PROGRAM.toByteArray();
        byte[] message = new HornetSigner(MapSchema.HASHES).sign(identity.signing(), PROGRAM, List.of());
        IntegrityReport report = hornet(HornetMode.STRICT, identity, code, message);
        assertThat(report.verdict()).as(report.reason()).isEqualTo(IntegrityVerdict.OK);
        for (HornetMode compat : List.of(HornetMode.COMPAT_N, HornetMode.COMPAT_V7)) {
            assertThat(hornet(compat, identity, code, message).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        }
        assertThat(hornet(HornetMode.STRICT, identity, changed(code), message).verdict())
                .isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(hornet(HornetMode.STRICT, identity, code, changed(message)).verdict())
                .isEqualTo(IntegrityVerdict.BADSIG);
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void nativeVerifiesItByTheContractMetadata(KeyKind kind) throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", kind);
        byte[] code = PROGRAM.toByteArray();
        byte[] message = new MetadataSigner().sign(identity.signing(), PROGRAM, List.of());
        IntegrityReport report = nativeRules(identity, code, message);
        assertThat(report.verdict()).as(report.reason()).isEqualTo(IntegrityVerdict.OK);
        assertThat(report.contract()).contains("metadata");
        assertThat(nativeRules(identity, changed(code), message).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
        assertThat(nativeRules(identity, code, changed(message)).verdict()).isEqualTo(IntegrityVerdict.BADSIG);
    }

    private static byte[] changed(byte[] bytes) {
        byte[] copy = bytes.clone();
        copy[copy.length - 1] ^= 1;
        return copy;
    }

    @Test
    void theMessageNamesSha512AndTheParameterSet() throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_65);
        byte[] message = new MetadataSigner().sign(identity.signing(), PROGRAM, List.of());
        assertThat(contains(message, Der.sequence(Der.oid(SHA512)))).isTrue();
        assertThat(contains(message, Der.sequence(Der.oid(SignatureAlgorithm.ML_DSA_65.oid()))))
                .isTrue();
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aKeyOfOneParameterSetVerifiesNoSignatureOfAnother() throws Exception {
        Identity small = MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_44);
        Path both = Files.createDirectory(directory.resolve("large"));
        Identity large = MlDsaIdentity.make(both, "signer", KeyKind.ML_DSA_87);
        byte[] message = new MetadataSigner().sign(large.signing(), PROGRAM, List.of());
        IntegrityReport report = nativeRules(small, PROGRAM.toByteArray(), message);
        assertThat(report.reason()).contains("the signature does not verify with the key of the signer");
    }

    @Test
    void aReaderForOlderKernelsRefusesIt() throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_44);
        byte[] message = new MetadataSigner().sign(identity.signing(), PROGRAM, List.of());
        assertThatThrownBy(() -> SignedMessageReader.read(message))
                .isInstanceOf(BerException.class)
                .hasMessageContaining("the signature algorithm 2.16.840.1.101.3.4.3.17 is not supported");
    }

    @Test
    void contractsOfOlderKernelsRefuseTheKey() throws Exception {
        SigningIdentity identity =
                MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_44).signing();
        assertThatThrownBy(() -> new LoaderSigner().sign(identity, PROGRAM, List.of()))
                .isInstanceOf(SigningException.class)
                .hasMessageStartingWith("the contract loader has no ML-DSA");
        assertThatThrownBy(() -> new ManifestSigner().sign(identity, new byte[1]))
                .hasMessageStartingWith("the contract manifest has no ML-DSA");
        assertThatThrownBy(() -> new HornetSigner(MapSchema.INDEXED_HASHES).sign(identity, PROGRAM, List.of()))
                .hasMessageStartingWith("the contract hornet-v7 has no ML-DSA");
    }

    /** RFC 9881, 6 has three forms: the seed, the expanded key, and both. */
    @Test
    void everyFormOfTheKeyIsRead() throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_44);
        byte[] plain = new MetadataSigner().sign(identity.signing(), PROGRAM, List.of());
        byte[] encoded = identity.key().getEncoded();
        // Behind the PKCS#8 header: 4 bytes for the SEQUENCE, 3 version, 13 algorithm, 4 for the OCTET STRING.
        write(identity, Arrays.copyOfRange(encoded, 24, encoded.length));
        assertThat(new MetadataSigner().sign(identity.signing(), PROGRAM, List.of()))
                .as("the same key gives the same signature")
                .isEqualTo(plain);
        write(identity, Der.element(Tag.contextPrimitive(0), new byte[32]));
        assertThatThrownBy(() -> new MetadataSigner().sign(identity.signing(), PROGRAM, List.of()))
                .as("a seed is read, and is another key")
                .hasMessageContaining("this private key does not belong to the certificate");
    }

    private static void write(Identity identity, byte[] key) throws Exception {
        byte[] algorithm = Der.sequence(Der.oid(SignatureAlgorithm.ML_DSA_44.oid()));
        byte[] pkcs8 = Der.sequence(Der.integer(0), algorithm, Der.element(Tag.OCTET_STRING, key));
        Files.writeString(identity.keyFile(), MlDsaIdentity.pem(pkcs8));
    }
}
