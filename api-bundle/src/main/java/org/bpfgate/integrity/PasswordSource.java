package org.bpfgate.integrity;

import org.osgi.annotation.versioning.ConsumerType;

/** Knows the password of a private key, or whom to ask for it. */
@ConsumerType
@FunctionalInterface
public interface PasswordSource {
    /** Knows none. */
    PasswordSource NONE = key -> {
        throw new SigningException(key + ": is encrypted, and no password is given");
    };

    /**
     * Returns the password of a key. Called at most once per signature, on the thread that signs; may wait for a person.
     *
     * @param key the encrypted key, or the key on a token that wants a PIN
     * @return the password in an array of the caller's own, which the caller overwrites after use
     * @throws SigningException when there is no password to be had
     */
    char[] password(SigningKey key) throws SigningException;
}
