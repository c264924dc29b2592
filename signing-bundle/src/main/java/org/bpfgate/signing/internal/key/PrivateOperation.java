package org.bpfgate.signing.internal.key;

import java.security.GeneralSecurityException;
import org.bpfgate.integrity.SigningException;

/** Signs with a private key, wherever that is. */
@FunctionalInterface
interface PrivateOperation {
    /**
     * Signs.
     *
     * @param data what is signed; RSA and ECDSA sign the SHA-256 of it
     * @return the signature as a message holds it: ECDSA in DER
     * @throws SigningException when the token or the command fails
     * @throws GeneralSecurityException when the key cannot make such signatures
     */
    byte[] sign(byte[] data) throws SigningException, GeneralSecurityException;
}
