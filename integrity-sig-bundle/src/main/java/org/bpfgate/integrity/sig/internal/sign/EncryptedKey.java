package org.bpfgate.integrity.sig.internal.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.asn1.BerReader;
import org.bpfgate.integrity.sig.internal.asn1.Tag;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.file.PemBlock;

/** Opens an encrypted PKCS#8 key (RFC 5958, 3) with its password. */
final class EncryptedKey {
    private EncryptedKey() {}

    /**
     * Decrypts.
     *
     * @return the PrivateKeyInfo that was encrypted
     * @throws SigningException when there is no password
     * @throws InputFileException when the password is wrong, or the key is encrypted in a way the platform does not know
     */
    static byte[] open(Path file, PemBlock block, PasswordSource password) throws SigningException, InputFileException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(block.content());
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            char[] secret = password.password(file);
            PBEKeySpec spec = new PBEKeySpec(secret);
            Arrays.fill(secret, '\0');
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec),
                    info.getAlgParameters());
            spec.clearPassword();
            byte[] key = cipher.doFinal(info.getEncryptedData());
            // The padding does not tell: one wrong password in 256 leaves one that looks right.
            BerReader fields =
                    new BerReader(key).next(Tag.SEQUENCE, "a private key").children();
            fields.next(Tag.INTEGER, "the version of the key");
            return key;
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new InputFileException(
                    file,
                    block.line(),
                    "is encrypted in a way that is not supported, or damaged (openssl pkcs8 -topk8 -v2 aes-256-cbc"
                            + " encrypts it anew)");
        } catch (GeneralSecurityException | BerException e) {
            throw new InputFileException(file, block.line(), "the password is wrong");
        }
    }
}
