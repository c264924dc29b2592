package org.bpfgate.signing.internal.key;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfgate.integrity.SigningException;

/**
 * The kinds of key that some verifier of this gate knows: RSA with PKCS#1 v1.5 padding, ECDSA on a NIST curve, and the three
 * parameter sets of ML-DSA (FIPS 204).
 */
public enum KeyKind {
    RSA("RSA", "SHA256withRSA", PKCSObjectIdentifiers.rsaEncryption.getId()),
    ECDSA("ECDSA", "SHA256withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA256.getId()),
    ML_DSA_44("ML-DSA-44", "ML-DSA-44", NISTObjectIdentifiers.id_ml_dsa_44.getId()),
    ML_DSA_65("ML-DSA-65", "ML-DSA-65", NISTObjectIdentifiers.id_ml_dsa_65.getId()),
    ML_DSA_87("ML-DSA-87", "ML-DSA-87", NISTObjectIdentifiers.id_ml_dsa_87.getId());

    private static final Set<ASN1ObjectIdentifier> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    /** Those that people try, by identifier. */
    private static final Map<String, String> NAMED = Map.of(
            "1.3.101.112", "Ed25519 keys",
            "1.3.101.113", "Ed448 keys",
            "1.2.840.113549.1.1.10", "RSA keys that are for PSS only",
            "1.2.840.10040.4.1", "DSA keys");

    private final String label;
    private final String signatureName;
    private final String signature;

    KeyKind(String label, String signatureName, String signature) {
        this.label = label;
        this.signatureName = signatureName;
        this.signature = signature;
    }

    /**
     * Finds the kind of a public key.
     *
     * @param where for the error message, such as the file of the certificate
     * @throws SigningException when no verifier knows such keys
     */
    static KeyKind of(SubjectPublicKeyInfo key, String where) throws SigningException {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            if (!CURVES.contains(key.getAlgorithm().getParameters())) {
                throw new SigningException(
                        where + ": the curve of the key is not supported (P-256, P-384 and P-521 are)");
            }
            return ECDSA;
        }
        return Arrays.stream(values())
                .filter(kind -> kind != ECDSA && kind.signature.equals(algorithm.getId()))
                .findFirst()
                .orElseThrow(() -> new SigningException(where + ": no verifier knows signatures by "
                        + NAMED.getOrDefault(algorithm.getId(), "keys of algorithm " + algorithm)
                        + " (RSA, P-256, P-384, P-521 and ML-DSA are known)"));
    }

    /** Returns the name for people. */
    public String label() {
        return label;
    }

    /** Returns whether such a key signs data as they are, and not a digest of them. */
    public boolean isMlDsa() {
        return compareTo(ML_DSA_44) >= 0;
    }

    /** Returns the name that {@link java.security.Signature} has for signatures by such keys. */
    String signatureName() {
        return signatureName;
    }

    /** Returns the name that {@link java.security.KeyFactory} has for such keys. */
    String keyFactoryName() {
        return this == ECDSA ? "EC" : label;
    }

    /** Returns how a message names signatures by such keys. RSA has NULL parameters (RFC 3370, 3.2), the others have none. */
    public AlgorithmIdentifier signatureAlgorithm() {
        ASN1ObjectIdentifier algorithm = new ASN1ObjectIdentifier(signature);
        return this == RSA ? new AlgorithmIdentifier(algorithm, DERNull.INSTANCE) : new AlgorithmIdentifier(algorithm);
    }

    /**
     * Returns the digest of the content. SHA-256, as the kernel's tools use; with ML-DSA the one that RFC 9882 wants of every
     * implementation, because it is strong enough for all three parameter sets.
     */
    public DigestKind digest() {
        return isMlDsa() ? DigestKind.SHA512 : DigestKind.SHA256;
    }
}
