package org.bpfgate.integrity;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * With what somebody signs: the files of a private key and its certificate, and who knows the password.
 *
 * @param key PEM (PKCS#8, encrypted PKCS#8, or the traditional forms of OpenSSL) or PKCS#12
 * @param certificate PEM or DER, its first certificate; empty only when the key file is PKCS#12 and holds the certificate
 * @param password asked when the key file is encrypted, and only then
 */
public record SigningIdentity(Path key, Optional<Path> certificate, PasswordSource password) {
    /** Refuses nulls. */
    public SigningIdentity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(password);
    }

    /** An identity whose key is not encrypted: where it is, signing fails and says so. */
    public static SigningIdentity of(Path key, Path certificate) {
        return new SigningIdentity(key, Optional.of(certificate), PasswordSource.NONE);
    }
}
