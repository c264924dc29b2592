package org.bpfgate.integrity.sig.internal.sign;

import java.nio.file.Path;
import java.util.Arrays;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningIdentity;
import org.bpfgate.integrity.sig.internal.file.InputFile;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.file.PemReader;
import org.bpfgate.integrity.sig.internal.keyring.CertificateFile;
import org.bpfgate.integrity.sig.internal.x509.Certificate;

/** Reads the key that an identity names, whatever form its file has. */
final class SignerKeyReader {
    private SignerKeyReader() {}

    /**
     * Reads a key and its certificate. Whether they belong together shows when they sign.
     *
     * @throws SigningException when there is no password, or no certificate is given and the key file holds none
     * @throws InputFileException when a file cannot be used
     */
    static SignerKey read(SigningIdentity identity) throws SigningException, InputFileException {
        byte[] bytes = InputFile.read(identity.key());
        try {
            return read(identity, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static SignerKey read(SigningIdentity identity, byte[] bytes) throws SigningException, InputFileException {
        Path file = identity.key();
        if (Pkcs12File.isPkcs12(bytes)) {
            Pkcs12File store = Pkcs12File.read(file, bytes, identity.password());
            return new SignerKey(
                    store.key(),
                    identity.certificate().isPresent()
                            ? certificate(identity.certificate().get())
                            : store.certificate());
        }
        if (identity.certificate().isEmpty()) {
            throw new SigningException(file + ": is not PKCS#12, so that it needs a certificate beside it");
        }
        return new SignerKey(
                PrivateKeyFile.read(file, PemReader.read(file, bytes), identity.password()),
                certificate(identity.certificate().get()));
    }

    private static Certificate certificate(Path file) throws InputFileException {
        return CertificateFile.read(file).get(0);
    }
}
