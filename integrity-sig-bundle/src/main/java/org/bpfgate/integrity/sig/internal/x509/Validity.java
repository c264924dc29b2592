package org.bpfgate.integrity.sig.internal.x509;

import java.time.Instant;

/**
 * The time span that a certificate names for itself. Only mode strict compares a clock with it; the other modes compare the signing
 * time that a message claims, and only when the certificate travels in that message.
 *
 * @param notBefore in seconds since 1970-01-01T00:00:00Z
 * @param notAfter likewise
 */
public record Validity(long notBefore, long notAfter) {
    /** Returns whether a time, in seconds since 1970-01-01T00:00:00Z, lies within; both ends are inside. */
    public boolean contains(long time) {
        return time >= notBefore && time <= notAfter;
    }

    /**
     * Says why a certificate is not valid at a time outside, with the second in UTC, to follow the certificate's name.
     *
     * @param time in seconds since 1970-01-01T00:00:00Z
     */
    public String outside(long time) {
        return time < notBefore
                ? "is not valid before " + Instant.ofEpochSecond(notBefore)
                : "expired on " + Instant.ofEpochSecond(notAfter);
    }

    /** Returns the first and the last second in UTC. */
    @Override
    public String toString() {
        return Instant.ofEpochSecond(notBefore) + " to " + Instant.ofEpochSecond(notAfter);
    }
}
