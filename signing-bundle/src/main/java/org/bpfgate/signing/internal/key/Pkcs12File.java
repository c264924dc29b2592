package org.bpfgate.signing.internal.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;

/** The one private key of a PKCS#12 file (RFC 7292) and its certificates, by the JDK. */
final class Pkcs12File {
    /** The version that a PFX begins with (RFC 7292, 4); neither a PKCS#8 key nor a certificate begins so. */
    private static final int VERSION = 3;

    private Pkcs12File() {}

    /** Returns whether a value is PKCS#12: a SEQUENCE that begins with the number 3. */
    static boolean isPkcs12(ASN1Sequence value) {
        return value.size() > 0 && value.getObjectAt(0) instanceof ASN1Integer version && version.hasValue(VERSION);
    }

    /**
     * Reads a file.
     *
     * @param needsCertificate whether a key without a certificate is of no use
     * @throws SigningException when the password is wrong or not to be had, the file is not usable, or it has no key or several
     */
    static KeyMaterial read(SigningKey.InFile key, byte[] bytes, PasswordSource password, boolean needsCertificate)
            throws SigningException {
        char[] secret = password.password(key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), secret);
            String alias = onlyKey(key, store, needsCertificate);
            Key found = store.getKey(alias, secret);
            List<X509CertificateHolder> certificates = new ArrayList<>();
            Certificate[] chain = store.getCertificateChain(alias);
            for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
                certificates.add(new X509CertificateHolder(certificate.getEncoded()));
            }
            return new KeyMaterial(PrivateKeyInfo.getInstance(found.getEncoded()), certificates);
        } catch (IOException e) {
            boolean isWrong = e.getCause() instanceof UnrecoverableKeyException;
            throw new SigningException(key + (isWrong ? ": the password is wrong" : ": not a usable PKCS#12 file"), e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SigningException(key + ": not a usable PKCS#12 file", e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static String onlyKey(SigningKey key, KeyStore store, boolean needsCertificate)
            throws GeneralSecurityException, SigningException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && (!needsCertificate || store.getCertificate(alias) != null)) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new SigningException(key + ": holds " + keys.size() + " private keys"
                    + (needsCertificate ? " with a certificate" : "") + ", not one");
        }
        return keys.getFirst();
    }
}
