package org.bpfgate.integrity.sig.sign.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bpfgate.integrity.ProgramSigner;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.Identity;
import org.bpfgate.integrity.sig.MlDsaIdentity;
import org.bpfgate.integrity.sig.asn1.internal.BerException;
import org.bpfgate.integrity.sig.asn1.internal.Der;
import org.bpfgate.integrity.sig.asn1.internal.Oid;
import org.bpfgate.integrity.sig.asn1.internal.Tag;
import org.bpfgate.integrity.sig.keyring.internal.Keyrings;
import org.bpfgate.integrity.sig.keyring.internal.KeyringsReader;
import org.bpfgate.integrity.sig.pkcs7.internal.Content;
import org.bpfgate.integrity.sig.pkcs7.internal.MessageVerification;
import org.bpfgate.integrity.sig.pkcs7.internal.SignedMessageReader;
import org.bpfgate.integrity.sig.x509.internal.KeyKind;
import org.bpfgate.integrity.sig.x509.internal.SignatureAlgorithm;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.KeyringId;
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

    private static boolean isGood(Identity trusted, byte[] message, byte[] content) throws Exception {
        Keyrings keyrings = KeyringsReader.read(List.of(trusted.certificateFile()));
        return MessageVerification.detached(
                        SignedMessageReader.readWithMlDsa(message),
                        Content.of(content),
                        Objects.requireNonNull(keyrings.find(KeyringId.USER)),
                        keyrings.blacklist())
                .outcome()
                .isPassed();
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void bothContractsVerifyAndNoChangedByteDoes(KeyKind kind) throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", kind);
        ProgramSigner hornet = new HornetSigner(MapSchema.HASHES, InstantSource.system());
        for (ProgramSigner signer : List.of(hornet, new MetadataSigner())) {
            byte[] message = signer.sign(identity.signing(), PROGRAM, List.of());
            byte[] code = PROGRAM.toByteArray();
            assertThat(isGood(identity, message, code)).isTrue();
            code[8] ^= 1;
            assertThat(isGood(identity, message, code)).isFalse();
            message[message.length - 1] ^= 1;
            assertThat(isGood(identity, message, PROGRAM.toByteArray())).isFalse();
        }
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
        Identity small = MlDsaIdentity.make(directory, "small", KeyKind.ML_DSA_44);
        Identity large = MlDsaIdentity.make(directory, "large", KeyKind.ML_DSA_87);
        byte[] message = new MetadataSigner().sign(large.signing(), PROGRAM, List.of());
        assertThat(isGood(small, message, PROGRAM.toByteArray())).isFalse();
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
        assertThatThrownBy(() -> new HornetSigner(MapSchema.INDEXED_HASHES, InstantSource.system())
                        .sign(identity, PROGRAM, List.of()))
                .hasMessageStartingWith("the contract hornet-v7 has no ML-DSA");
    }

    @Test
    void theExpandedKeyBehindASeedIsReadAndASeedAloneIsRefused() throws Exception {
        Identity identity = MlDsaIdentity.make(directory, "signer", KeyKind.ML_DSA_44);
        byte[] encoded = identity.key().getEncoded();
        // Behind the PKCS#8 header: 4 bytes for the SEQUENCE, 3 version, 13 algorithm, 4 for the OCTET STRING.
        byte[] expanded = Arrays.copyOfRange(encoded, 24, encoded.length);
        byte[] seed = Der.element(Tag.OCTET_STRING, new byte[32]);
        write(identity, Der.sequence(seed, expanded));
        assertThat(new MetadataSigner().sign(identity.signing(), PROGRAM, List.of()))
                .isNotEmpty();
        write(identity, Der.element(Tag.contextPrimitive(0), new byte[32]));
        assertThatThrownBy(() -> new MetadataSigner().sign(identity.signing(), PROGRAM, List.of()))
                .hasMessageContaining("an ML-DSA key that is only a seed is not supported");
    }

    private static void write(Identity identity, byte[] key) throws Exception {
        byte[] algorithm = Der.sequence(Der.oid(SignatureAlgorithm.ML_DSA_44.oid()));
        byte[] pkcs8 = Der.sequence(Der.integer(0), algorithm, Der.element(Tag.OCTET_STRING, key));
        Files.writeString(identity.keyFile(), MlDsaIdentity.pem(pkcs8));
    }
}
