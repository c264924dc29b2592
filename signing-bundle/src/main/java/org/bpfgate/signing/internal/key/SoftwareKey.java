package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * A private key in memory. The same data give the same signature: RSA knows no chance, ECDSA takes its number from key and data (RFC
 * 6979), and ML-DSA is the deterministic variant (FIPS 204, 3.4).
 */
final class SoftwareKey {
    private SoftwareKey() {}

    /**
     * Takes a key.
     *
     * @param info PKCS#8
     * @throws GeneralSecurityException when it is of a kind that cannot sign here, or damaged
     */
    static PrivateOperation of(PrivateKeyInfo info) throws GeneralSecurityException {
        if (info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(info);
        }
        return switch (parameters(info)) {
            case ECPrivateKeyParameters ec -> data -> ecdsa(ec, data);
            case MLDSAPrivateKeyParameters mlDsa -> data -> mlDsa(mlDsa, data);
            // It is no key of a certificate that is taken, which is told when it signs.
            default ->
                data -> {
                    throw new InvalidKeyException("keys of this kind do not sign");
                };
        };
    }

    private static AsymmetricKeyParameter parameters(PrivateKeyInfo info) throws InvalidKeyException {
        try {
            return PrivateKeyFactory.createKey(info);
        } catch (IOException | RuntimeException e) {
            // What Bouncy Castle throws at a damaged key depends on where the damage is.
            throw new InvalidKeyException("not a usable private key", e);
        }
    }

    /** By the JDK, which checks each result against faults of the arithmetic. */
    private static PrivateOperation rsa(PrivateKeyInfo info) throws GeneralSecurityException {
        PrivateKey key;
        try {
            key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (IOException e) {
            throw new InvalidKeyException("not a usable private key", e);
        }
        return data -> {
            Signature signer = Signature.getInstance(KeyKind.RSA.signatureName());
            signer.initSign(key);
            signer.update(data);
            return signer.sign();
        };
    }

    private static byte[] ecdsa(ECPrivateKeyParameters key, byte[] data) throws GeneralSecurityException {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, key);
        BigInteger[] numbers = signer.generateSignature(DigestKind.SHA256.digest(data));
        try {
            return StandardDSAEncoding.INSTANCE.encode(key.getParameters().getN(), numbers[0], numbers[1]);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static byte[] mlDsa(MLDSAPrivateKeyParameters key, byte[] data) throws GeneralSecurityException {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, key);
        signer.update(data, 0, data.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
