package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bpfgate.integrity.SigningException;

/** Reads certificates from one file: one in DER, or any number in PEM. */
final class CertificateFile {
    private CertificateFile() {}

    /**
     * Reads a file.
     *
     * @return at least one certificate, in the order of the file
     * @throws SigningException when the file cannot be read, holds no certificate, or holds one that is malformed
     */
    static List<X509CertificateHolder> read(Path file) throws SigningException {
        byte[] bytes = InputFile.read(file);
        return InputFile.isPem(bytes) ? pem(file, bytes) : List.of(der(file.toString(), bytes));
    }

    private static List<X509CertificateHolder> pem(Path file, byte[] bytes) throws SigningException {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        for (PemBlocks.Block block : PemBlocks.read(file, bytes)) {
            if (block.value() instanceof X509CertificateHolder certificate) {
                certificates.add(certificate);
            }
        }
        if (certificates.isEmpty()) {
            throw new SigningException(file + ": holds no certificate");
        }
        return certificates;
    }

    /** Reads one in DER; {@code where} is for error messages. */
    static X509CertificateHolder der(String where, byte[] bytes) throws SigningException {
        try {
            return new X509CertificateHolder(bytes);
        } catch (IOException | RuntimeException e) {
            throw new SigningException(where + ": not a usable certificate", e);
        }
    }
}
