package org.bpfgate.integrity.sig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.keyring.CertificateFile;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.KeyKind;

/** A certificate and its private key, made for one test run. */
public record Identity(Path keyFile, Path certificateFile, Certificate certificate, PrivateKey key) {
    static Identity read(Path keyFile, Path certificateFile) {
        try {
            Certificate certificate = CertificateFile.read(certificateFile).get(0);
            String pem = Files.readString(keyFile).replaceAll("-----[^\n]*\n", "");
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
            String algorithm = certificate.key().kind().keyFactoryName();
            return new Identity(
                    keyFile,
                    certificateFile,
                    certificate,
                    KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InputFileException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files as a signer takes them. */
    public SigningIdentity signing() {
        return SigningIdentity.of(keyFile, certificateFile);
    }

    /** Signs with the JDK: {@code digest} as in the names of {@link Signature}. */
    public byte[] sign(String digest, byte[] data) {
        try {
            Signature signer =
                    Signature.getInstance(digest + (certificate.key().kind() == KeyKind.RSA ? "withRSA" : "withECDSA"));
            signer.initSign(key);
            signer.update(data);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
