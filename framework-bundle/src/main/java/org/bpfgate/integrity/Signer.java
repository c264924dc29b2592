package org.bpfgate.integrity;

import java.util.Objects;

/**
 * Whose signature was accepted.
 *
 * @param certificate SHA-256 of the DER form of the certificate, 64 lower-case hexadecimal digits
 * @param subject the subject of the certificate, for people (RFC 4514); never compared
 */
public record Signer(String certificate, String subject) {
    /** Refuses nulls. */
    public Signer {
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(subject);
    }
}
