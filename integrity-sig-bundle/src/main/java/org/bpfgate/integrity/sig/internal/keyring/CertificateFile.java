package org.bpfgate.integrity.sig.internal.keyring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.file.InputFile;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.file.PemBlock;
import org.bpfgate.integrity.sig.internal.file.PemReader;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.CertificateReader;

/** Reads certificates from one file: one in DER, or any number in PEM. */
public final class CertificateFile {
    private CertificateFile() {}

    /**
     * Reads a file. That a self-signed certificate really signed itself is not checked: whoever names the file trusts its
     * key as it stands.
     *
     * @return at least one certificate, in the order of the file
     * @throws InputFileException when the file cannot be read, holds no certificate, or holds one that is malformed or not
     *     supported
     */
    public static List<Certificate> read(Path file) throws InputFileException {
        byte[] bytes = InputFile.read(file);
        return PemReader.isPem(bytes) ? readPem(file, bytes) : List.of(readDer(file, bytes));
    }

    private static List<Certificate> readPem(Path file, byte[] bytes) throws InputFileException {
        List<Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemReader.read(file, bytes)) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(readBlock(file, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new InputFileException(file, "holds no certificate");
        }
        return certificates;
    }

    private static Certificate readBlock(Path file, PemBlock block) throws InputFileException {
        try {
            return CertificateReader.read(block.content());
        } catch (BerException e) {
            throw new InputFileException(file, block.line(), "not a usable certificate: " + e.what());
        }
    }

    private static Certificate readDer(Path file, byte[] bytes) throws InputFileException {
        try {
            return CertificateReader.read(bytes);
        } catch (BerException e) {
            throw new InputFileException(file, "not a usable certificate: " + e.what());
        }
    }
}
