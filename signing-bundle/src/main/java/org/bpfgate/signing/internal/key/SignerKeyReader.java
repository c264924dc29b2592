package org.bpfgate.signing.internal.key;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.SigningKey;
import org.bpfgate.signing.internal.token.TokenKey;

/** Finds the key that an identity names, wherever it is, and its certificate. */
public final class SignerKeyReader {
    private final SigningIdentity identity;

    private SignerKeyReader(SigningIdentity identity) {
        this.identity = identity;
    }

    /**
     * Finds key and certificate. Whether they belong together shows when they sign.
     *
     * @throws SigningException when a file or token cannot be used, there is no password, or there is no certificate
     */
    public static SignerKey read(SigningIdentity identity) throws SigningException {
        SignerKeyReader reader = new SignerKeyReader(identity);
        return switch (identity.key()) {
            case SigningKey.InFile file -> reader.inFile(file);
            case SigningKey.OnToken token -> reader.onToken(token);
            case SigningKey.ByCommand command -> reader.byCommand(command);
        };
    }

    private SignerKey inFile(SigningKey.InFile file) throws SigningException {
        boolean needsCertificate = identity.certificate().isEmpty();
        KeyMaterial material = KeyFile.read(file, identity.password(), needsCertificate);
        PrivateOperation operation;
        try {
            operation = SoftwareKey.of(material.key());
        } catch (GeneralSecurityException e) {
            throw new SigningException(file + ": not a usable private key", e);
        }
        if (!needsCertificate) {
            return withCertificateFile(operation);
        }
        if (material.certificates().isEmpty()) {
            throw new SigningException(file + ": holds no certificate, so that it needs one beside it (--cert FILE)");
        }
        for (X509CertificateHolder certificate : material.certificates()) {
            SignerKey key = key(certificate, operation, file.toString());
            if (material.certificates().size() == 1 || belongs(key)) {
                return key;
            }
        }
        throw new SigningException(file + ": none of the certificates in it belongs to its private key");
    }

    /** A signature over nothing that anybody takes tells whether the certificate is the one of the key. */
    private static boolean belongs(SignerKey key) {
        try {
            key.sign(new byte[0]);
            return true;
        } catch (SigningException e) {
            return false;
        }
    }

    private SignerKey onToken(SigningKey.OnToken token) throws SigningException {
        TokenKey found = TokenKey.find(token.uri(), () -> identity.password().password(token), identity.warnings());
        X509CertificateHolder certificate =
                identity.certificate().isPresent() ? fromFile() : CertificateFile.der(token.uri(), found.certificate());
        String where = identity.certificate().map(Path::toString).orElse(token.uri());
        KeyKind kind = KeyKind.of(certificate.getSubjectPublicKeyInfo(), where);
        if (kind.isMlDsa()) {
            throw new SigningException(where + ": the JDK signs with RSA and ECDSA keys of tokens, not with "
                    + kind.label() + " (--signer takes any key that a command reaches)");
        }
        return new SignerKey(kind, certificate, data -> byProvider(found, kind, data), stranger(token.uri()));
    }

    private static byte[] byProvider(TokenKey key, KeyKind kind, byte[] data) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(kind.signatureName(), key.provider());
        signer.initSign(key.key());
        signer.update(data);
        return signer.sign();
    }

    private SignerKey byCommand(SigningKey.ByCommand command) throws SigningException {
        if (identity.certificate().isEmpty()) {
            throw new SigningException("a command that signs needs a certificate beside it (--cert FILE)");
        }
        X509CertificateHolder certificate = fromFile();
        KeyKind kind = KeyKind.of(
                certificate.getSubjectPublicKeyInfo(),
                identity.certificate().get().toString());
        return new SignerKey(
                kind,
                certificate,
                new SigningCommand(command),
                "the output of the command \"" + command + "\" is no " + kind.label() + " signature by the key of "
                        + identity.certificate().get() + " over its input ("
                        + (kind.isMlDsa()
                                ? "without a context"
                                : "SHA-256, " + (kind == KeyKind.RSA ? "PKCS#1 v1.5" : "DER"))
                        + ", binary, and nothing else)");
    }

    private SignerKey withCertificateFile(PrivateOperation operation) throws SigningException {
        return key(fromFile(), operation, identity.certificate().orElseThrow().toString());
    }

    private SignerKey key(X509CertificateHolder certificate, PrivateOperation operation, String where)
            throws SigningException {
        KeyKind kind = KeyKind.of(certificate.getSubjectPublicKeyInfo(), where);
        return new SignerKey(
                kind, certificate, operation, stranger(identity.key().toString()));
    }

    private String stranger(String key) {
        return key + ": this private key does not belong to "
                + identity.certificate().map(file -> "the certificate " + file).orElse("its certificate");
    }

    private X509CertificateHolder fromFile() throws SigningException {
        List<X509CertificateHolder> certificates =
                CertificateFile.read(identity.certificate().orElseThrow());
        return certificates.getFirst();
    }
}
