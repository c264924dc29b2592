package org.bpfgate.integrity;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * With what somebody signs: the files of a private key and its certificate, and who knows the password.
 *
 * @param key PEM (PKCS#8, encrypted PKCS#8, or the traditional forms of OpenSSL) or PKCS#12
 * @param certificate PEM or DER, its first certificate; empty only when the key file is PKCS#12 and holds the certificate
 * @param password asked when the key file is encrypted, and only then
 * @param warnings is told, on the thread that signs and before the signature is made, why a verifier may refuse signatures of
 *     this identity all the same: one line each
 */
public record SigningIdentity(
        Path key, Optional<Path> certificate, PasswordSource password, Consumer<String> warnings) {
    /** Refuses nulls. */
    public SigningIdentity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(password);
        Objects.requireNonNull(warnings);
    }

    /** An identity whose user wants no warnings. */
    public SigningIdentity(Path key, Optional<Path> certificate, PasswordSource password) {
        this(key, certificate, password, warning -> {});
    }

    /** An identity whose key is not encrypted: where it is, signing fails and says so. */
    public static SigningIdentity of(Path key, Path certificate) {
        return new SigningIdentity(key, Optional.of(certificate), PasswordSource.NONE);
    }
}
