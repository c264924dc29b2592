package org.bpfgate.integrity.sig.internal.sign;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.integrity.sig.internal.x509.CertificateReader;

/**
 * The one private key of a PKCS#12 file (RFC 7292) and its certificate.
 *
 * @param key the private key
 * @param certificate the first of its chain
 */
record Pkcs12File(PrivateKey key, Certificate certificate) {
    /** The version that a PFX begins with (RFC 7292, 4); neither a PKCS#8 key nor a certificate begins so. */
    private static final int VERSION = 3;

    /** Returns whether bytes look like PKCS#12: a SEQUENCE that begins with the number 3. */
    static boolean isPkcs12(byte[] bytes) {
        try {
            BerReader fields =
                    new BerReader(bytes).next(Tag.SEQUENCE, "PKCS#12").children();
            var version = fields.next(Tag.INTEGER, "the version");
            return version.length() == 1 && version.byteAt(0) == VERSION;
        } catch (BerException e) {
            return false;
        }
    }

    /**
     * Reads a file.
     *
     * @param file for error messages
     * @param password asked once
     * @throws SigningException when there is no password
     * @throws InputFileException when the password is wrong, the file is not usable, or it has no key or several
     */
    static Pkcs12File read(Path file, byte[] bytes, PasswordSource password)
            throws SigningException, InputFileException {
        char[] secret = password.password(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            String alias = onlyKey(file, store);
            PrivateKey key = (PrivateKey) store.getKey(alias, secret);
            return new Pkcs12File(
                    key, CertificateReader.read(store.getCertificate(alias).getEncoded()));
        } catch (IOException e) {
            boolean wrong = e.getCause() instanceof UnrecoverableKeyException;
            throw new InputFileException(file, wrong ? "the password is wrong" : "not a usable PKCS#12 file");
        } catch (GeneralSecurityException e) {
            throw new InputFileException(file, "not a usable PKCS#12 file");
        } catch (BerException e) {
            throw new InputFileException(file, "not a usable certificate: " + e.what());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static String onlyKey(Path file, KeyStore store) throws GeneralSecurityException, InputFileException {
        List<String> keys = Collections.list(store.aliases());
        for (String alias : List.copyOf(keys)) {
            if (!store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.remove(alias);
            }
        }
        if (keys.size() != 1) {
            throw new InputFileException(file, "holds " + keys.size() + " private keys with a certificate, not one");
        }
        return keys.get(0);
    }
}
