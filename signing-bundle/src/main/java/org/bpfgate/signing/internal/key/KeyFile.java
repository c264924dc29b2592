package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;

/**
 * Reads a private key from a file: PKCS#8, encrypted or not, PKCS#1 and SEC 1, in PEM or DER; or PKCS#12. Certificates beside it are
 * read too.
 */
final class KeyFile {
    private final SigningKey.InFile key;
    private final PasswordSource password;

    private KeyFile(SigningKey.InFile key, PasswordSource password) {
        this.key = key;
        this.password = password;
    }

    /**
     * Reads a file.
     *
     * @param password asked when the key is encrypted
     * @param needsCertificate whether a key of PKCS#12 without a certificate is of no use
     * @throws SigningException when there is no key, the password is wrong or not to be had, or the file is of a kind that is not
     *     supported
     */
    static KeyMaterial read(SigningKey.InFile key, PasswordSource password, boolean needsCertificate)
            throws SigningException {
        byte[] bytes = InputFile.read(key.path());
        KeyFile file = new KeyFile(key, password);
        if (InputFile.isPem(bytes)) {
            return file.pem(bytes);
        }
        Optional<ASN1Sequence> der = sequence(bytes);
        if (der.isPresent() && Pkcs12File.isPkcs12(der.get())) {
            return Pkcs12File.read(key, bytes, password, needsCertificate);
        }
        return new KeyMaterial(file.der(der.orElseThrow(file::noKey)), List.of());
    }

    private SigningException noKey() {
        return new SigningException(key + ": holds no private key, neither in PEM, DER nor PKCS#12");
    }

    private static Optional<ASN1Sequence> sequence(byte[] bytes) {
        try {
            return ASN1Primitive.fromByteArray(bytes) instanceof ASN1Sequence sequence
                    ? Optional.of(sequence)
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private KeyMaterial pem(byte[] bytes) throws SigningException {
        PrivateKeyInfo found = null;
        List<X509CertificateHolder> certificates = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.read(key.path(), bytes)) {
            if (!block.isKey()) {
                certificates.add((X509CertificateHolder) block.value());
            } else if (found == null) {
                found = key(block);
            }
        }
        if (found == null) {
            throw noKey();
        }
        return new KeyMaterial(found, certificates);
    }

    private PrivateKeyInfo key(PemBlocks.Block block) throws SigningException {
        String where = key + ":" + block.line();
        return switch (block.value()) {
            case PrivateKeyInfo info -> info;
            case PEMKeyPair pair -> pair.getPrivateKeyInfo();
            case PEMEncryptedKeyPair pair -> new EncryptedKey(where, key, password).open(pair);
            case PKCS8EncryptedPrivateKeyInfo info -> new EncryptedKey(where, key, password).open(info);
            default -> throw new SigningException(where + ": not a usable private key");
        };
    }

    /** Each form begins with other elements. */
    private PrivateKeyInfo der(ASN1Sequence sequence) throws SigningException {
        try {
            if (sequence.size() == 2 && sequence.getObjectAt(1) instanceof ASN1OctetString) {
                return new EncryptedKey(key.toString(), key, password)
                        .open(new PKCS8EncryptedPrivateKeyInfo(sequence.getEncoded()));
            }
            if (sequence.size() < 2 || !(sequence.getObjectAt(0) instanceof ASN1Integer)) {
                throw noKey();
            }
            return switch (sequence.getObjectAt(1)) {
                case ASN1Sequence algorithm -> PrivateKeyInfo.getInstance(sequence);
                case ASN1Integer modulus ->
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), sequence);
                case ASN1OctetString number -> sec1(sequence);
                default -> throw noKey();
            };
        } catch (IOException | RuntimeException e) {
            throw new SigningException(key + ": not a usable private key", e);
        }
    }

    private PrivateKeyInfo sec1(ASN1Sequence sequence) throws SigningException, IOException {
        ECPrivateKey number = ECPrivateKey.getInstance(sequence);
        if (number.getParametersObject() == null) {
            throw new SigningException(key + ": does not name the curve of the key");
        }
        return new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, number.getParametersObject()), number);
    }
}
