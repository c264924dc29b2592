package org.bpfgate.signing.internal.key;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.SigningKey;

/** Opens an encrypted key with its password: PKCS#8 (RFC 5958, 3), or the traditional form of OpenSSL, with a {@code DEK-Info}. */
final class EncryptedKey {
    private static final String UNSUPPORTED = ": is encrypted in a way that is not supported, or damaged (openssl pkcs8"
            + " -topk8 -v2 aes-256-cbc encrypts it anew)";

    private final String where;
    private final SigningKey.InFile key;
    private final PasswordSource password;

    /**
     * A key in a file.
     *
     * @param where the file and the line, for error messages
     */
    EncryptedKey(String where, SigningKey.InFile key, PasswordSource password) {
        this.where = where;
        this.key = key;
        this.password = password;
    }

    PrivateKeyInfo open(PKCS8EncryptedPrivateKeyInfo info) throws SigningException {
        char[] secret = password.password(key);
        try {
            InputDecryptorProvider decryptor = new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(secret);
            // Asked alone, an encryption that is not known is told from a wrong password.
            decryptor.get(info.getEncryptionAlgorithm());
            return info.decryptPrivateKeyInfo(decryptor);
        } catch (OperatorCreationException e) {
            throw new SigningException(where + UNSUPPORTED, e);
        } catch (PKCSException | RuntimeException e) {
            throw new SigningException(where + ": the password is wrong", e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    PrivateKeyInfo open(PEMEncryptedKeyPair pair) throws SigningException {
        char[] secret = password.password(key);
        char[] bytes = asBytes(secret);
        try {
            return pair.decryptKeyPair(new BcPEMDecryptorProvider(bytes)).getPrivateKeyInfo();
        } catch (IOException | RuntimeException e) {
            boolean isUnknown = String.valueOf(e.getMessage()).startsWith("unknown encryption");
            throw new SigningException(where + (isUnknown ? UNSUPPORTED : ": the password is wrong"), e);
        } finally {
            Arrays.fill(secret, '\0');
            Arrays.fill(bytes, '\0');
        }
    }

    /** OpenSSL takes the bytes that were typed; Bouncy Castle takes the low half of each character. */
    private static char[] asBytes(char[] password) {
        byte[] utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)).array();
        char[] bytes = new char
                [StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)).remaining()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (char) (utf8[i] & 0xff);
        }
        Arrays.fill(utf8, (byte) 0);
        return bytes;
    }
}
