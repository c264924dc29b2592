package org.bpfgate.integrity;

import java.util.List;
import java.util.Objects;

/**
 * Whose signature was accepted.
 *
 * @param certificate SHA-256 of the DER form of the certificate, 64 lower-case hexadecimal digits
 * @param subject the subject of the certificate, for people (RFC 4514); never compared
 * @param authorities the same digests of the certificates that issued it, directly or through others, the nearest first: as far
 *     as the verifier followed them, and each link verified; none for a certificate that is trusted by itself
 */
public record Signer(String certificate, String subject, List<String> authorities) {
    /** Refuses nulls; copies the list. */
    public Signer {
        Objects.requireNonNull(certificate);
        Objects.requireNonNull(subject);
        authorities = List.copyOf(authorities);
    }

    /** A signer of whom no authorities are known. */
    public Signer(String certificate, String subject) {
        this(certificate, subject, List.of());
    }
}
