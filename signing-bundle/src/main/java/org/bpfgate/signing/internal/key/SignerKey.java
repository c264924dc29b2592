package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bpfgate.integrity.SigningException;

/** A private key and the certificate of its public half. */
public final class SignerKey {
    private final KeyKind kind;
    private final X509CertificateHolder certificate;
    private final PrivateOperation operation;
    private final String stranger;

    /**
     * Puts them together. Whether they belong together shows when they sign.
     *
     * @param kind of the key, by the certificate
     * @param stranger what to say when the signature is not one by the certificate's key
     */
    SignerKey(KeyKind kind, X509CertificateHolder certificate, PrivateOperation operation, String stranger) {
        this.kind = kind;
        this.certificate = certificate;
        this.operation = operation;
        this.stranger = stranger;
    }

    /** Returns the kind of the key. */
    public KeyKind kind() {
        return kind;
    }

    /** Returns the certificate. */
    public X509CertificateHolder certificate() {
        return certificate;
    }

    /**
     * Signs, and verifies the signature, because a signature that nobody can verify would only be found where it is needed.
     *
     * @return the signature as a message holds it
     * @throws SigningException when no signature comes, or one by another key than the certificate's
     */
    public byte[] sign(byte[] data) throws SigningException {
        try {
            byte[] signature = operation.sign(data);
            if (!verifies(data, signature)) {
                throw new SigningException(stranger);
            }
            return signature;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SigningException(stranger, e);
        }
    }

    private boolean verifies(byte[] data, byte[] signature) throws SigningException {
        SubjectPublicKeyInfo info = certificate.getSubjectPublicKeyInfo();
        try {
            if (kind.isMlDsa()) {
                MLDSASigner verifier = new MLDSASigner();
                verifier.init(false, (MLDSAPublicKeyParameters) PublicKeyFactory.createKey(info));
                verifier.update(data, 0, data.length);
                return verifier.verifySignature(signature);
            }
            PublicKey key = KeyFactory.getInstance(kind.keyFactoryName())
                    .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
            Signature verifier = Signature.getInstance(kind.signatureName());
            verifier.initVerify(key);
            verifier.update(data);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | IOException e) {
            // A signature that is no signature at all; the public key was read when the certificate was.
            return false;
        }
    }
}
