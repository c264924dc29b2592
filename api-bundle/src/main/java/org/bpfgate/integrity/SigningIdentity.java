package org.bpfgate.integrity;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * With what somebody signs: a private key and its certificate, and who knows the password.
 *
 * @param key where the private key is
 * @param certificate PEM or DER, its first certificate; empty when the certificate is with the key: in the same file, or on the same
 *     token
 * @param password asked when the key file is encrypted or the token wants a PIN, and only then
 * @param warnings is told, on the thread that signs and before the signature is made, why a verifier may refuse signatures of
 *     this identity all the same: one line each
 */
public record SigningIdentity(
        SigningKey key, Optional<Path> certificate, PasswordSource password, Consumer<String> warnings) {
    /** Refuses nulls. */
    public SigningIdentity {
        Objects.requireNonNull(key);
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(password);
        Objects.requireNonNull(warnings);
    }

    /** An identity in files whose user wants no warnings. */
    public SigningIdentity(Path key, Optional<Path> certificate, PasswordSource password) {
        this(new SigningKey.InFile(key), certificate, password, warning -> {});
    }

    /** An identity whose key is not encrypted: where it is, signing fails and says so. */
    public static SigningIdentity of(Path key, Path certificate) {
        return new SigningIdentity(key, Optional.of(certificate), PasswordSource.NONE);
    }
}
