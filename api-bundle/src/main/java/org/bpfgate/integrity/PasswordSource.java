package org.bpfgate.integrity;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows the password of a private key, or whom to ask for it. */
@ConsumerType
@FunctionalInterface
public interface PasswordSource {
    /** Knows none. */
    PasswordSource NONE = file -> {
        throw new SigningException(file + ": is encrypted, and no password is given");
    };

    /**
     * Returns the password of a file. Called at most once per signature, on the thread that signs; may wait for a person.
     *
     * @param file the encrypted key file
     * @return the password in an array of the caller's own, which the caller overwrites after use
     * @throws SigningException when there is no password to be had
     */
    char[] password(Path file) throws SigningException;
}
