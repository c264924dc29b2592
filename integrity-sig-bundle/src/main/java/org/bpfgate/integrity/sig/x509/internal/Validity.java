package org.bpfgate.integrity.sig.x509.internal;

/**
 * The time span that a certificate names for itself. No clock is ever compared with it; only the signing time that a
 * message claims is, and only when the certificate travels in that message.
 *
 * @param notBefore in seconds since 1970-01-01T00:00:00Z
 * @param notAfter likewise
 */
public record Validity(long notBefore, long notAfter) {
    /** Returns whether a time, in seconds since 1970-01-01T00:00:00Z, lies within; both ends are inside. */
    public boolean contains(long time) {
        return time >= notBefore && time <= notAfter;
    }
}
