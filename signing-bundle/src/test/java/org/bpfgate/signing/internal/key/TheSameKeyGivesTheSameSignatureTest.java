package org.bpfgate.signing.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.HexFormat;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfgate.integrity.SigningException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TheSameKeyGivesTheSameSignatureTest {
    private static final byte[] SAMPLE = "sample".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6979, A.2.5: P-256 with SHA-256 over "sample". */
    @Test
    void ecdsaHasTheNonceOfRfc6979() throws Exception {
        BigInteger number = new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
        AlgorithmIdentifier curve =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        PrivateKeyInfo info = new PrivateKeyInfo(curve, new ECPrivateKey(256, number, curve.getParameters()));
        assertThat(HexFormat.of().withUpperCase().formatHex(SoftwareKey.of(info).sign(SAMPLE)))
                .isEqualTo("3046"
                        + "022100EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                        + "022100F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"})
    void twiceTheSame(String algorithm) throws GeneralSecurityException, SigningException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded());
        byte[] first = SoftwareKey.of(info).sign(SAMPLE);
        assertThat(SoftwareKey.of(info).sign(SAMPLE)).isEqualTo(first);
        assertThat(SoftwareKey.of(info).sign(new DEROctetString(SAMPLE).getOctets()))
                .as("by the data alone")
                .isEqualTo(first);
    }
}
