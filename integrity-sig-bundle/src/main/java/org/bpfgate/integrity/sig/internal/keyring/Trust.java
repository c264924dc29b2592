package org.bpfgate.integrity.sig.internal.keyring;

import java.util.Objects;

/**
 * Whom to trust, as one load sees it from its beginning to its end.
 *
 * @param keyrings the keyrings and what is revoked
 * @param generation another number whenever an answer may be another
 * @param now the time at which revocations, and in mode strict certificates, are judged: seconds since
 *     1970-01-01T00:00:00Z
 */
public record Trust(Keyrings keyrings, long generation, long now) {
    /** Refuses nulls. */
    public Trust {
        Objects.requireNonNull(keyrings);
    }
}
