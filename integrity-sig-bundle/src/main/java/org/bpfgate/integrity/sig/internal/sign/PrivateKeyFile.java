package org.bpfgate.integrity.sig.internal.sign;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bpfgate.integrity.PasswordSource;
import org.bpfgate.integrity.SigningException;
import org.bpfgate.integrity.sig.internal.asn1.BerException;
import org.bpfgate.integrity.sig.internal.file.InputFileException;
import org.bpfgate.integrity.sig.internal.file.PemBlock;

/** Reads a private key from a PEM file: PKCS#8, encrypted PKCS#8, or one of the traditional forms. */
final class PrivateKeyFile {
    private final Path file;
    private final PasswordSource password;

    private PrivateKeyFile(Path file, PasswordSource password) {
        this.file = file;
        this.password = password;
    }

    /**
     * Reads a key.
     *
     * @param file for error messages
     * @param blocks what is in it
     * @param password asked when the key is encrypted
     * @return the first key in the file
     * @throws SigningException when there is no password
     * @throws InputFileException when there is no key, the password is wrong, or the key is of a kind that is not supported
     */
    static PrivateKey read(Path file, List<PemBlock> blocks, PasswordSource password)
            throws SigningException, InputFileException {
        for (PemBlock block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                return new PrivateKeyFile(file, password).read(block);
            }
        }
        throw new InputFileException(file, "holds no private key, neither in PEM nor in PKCS#12");
    }

    private PrivateKey read(PemBlock block) throws SigningException, InputFileException {
        if (block.hasHeaders()) {
            throw new InputFileException(
                    file,
                    block.line(),
                    "keys encrypted in the traditional form are not supported (openssl pkcs8 -topk8 converts them)");
        }
        try {
            return generate(pkcs8(block));
        } catch (BerException e) {
            throw new InputFileException(file, block.line(), "not a usable private key: " + e.what());
        } catch (GeneralSecurityException e) {
            throw new InputFileException(file, block.line(), "not a usable private key");
        }
    }

    private PrivateKeyInfo pkcs8(PemBlock block) throws SigningException, InputFileException, BerException {
        return switch (block.label()) {
            case "PRIVATE KEY" -> PrivateKeyInfo.read(block.content());
            case "ENCRYPTED PRIVATE KEY" -> PrivateKeyInfo.read(EncryptedKey.open(file, block, password));
            case "RSA PRIVATE KEY" -> PrivateKeyInfo.ofTraditionalRsa(block.content());
            case "EC PRIVATE KEY" -> PrivateKeyInfo.ofTraditionalEc(block.content());
            default -> throw new BerException(block.label() + " blocks are not supported");
        };
    }

    private static PrivateKey generate(PrivateKeyInfo info) throws GeneralSecurityException {
        return KeyFactory.getInstance(info.kind().keyFactoryName())
                .generatePrivate(new PKCS8EncodedKeySpec(info.encoded()));
    }
}
