package org.bpfgate.integrity.sig.internal.keyring;

import java.util.HashMap;
import java.util.Map;
import org.bpfgate.integrity.sig.internal.x509.Certificate;
import org.bpfgate.program.Instructions;

/**
 * What is revoked by its digest, and from when on: the gate's own list beside the blacklist keyring. The time is the gate's
 * clock, never the signing time that a message claims. Immutable.
 */
public final class Revocations {
    /** A list without entries. */
    public static final Revocations NONE = new Revocations(Map.of());

    private final Map<Digest, Long> from;

    /** What an entry is about. */
    enum Kind {
        /** SHA-256 over a whole certificate, as reports name signers. */
        CERT,

        /** SHA-256 over the signed part of a certificate, as in the kernel's blacklist keyring. */
        TBS,

        /** SHA-256 over a program as reports name it, or over a signed text; the kernel's word for signed content. */
        BIN
    }

    /**
     * A digest of one kind.
     *
     * @param kind what it is the digest of
     * @param hex 64 lower-case hexadecimal digits
     */
    record Digest(Kind kind, String hex) {}

    /**
     * Makes a list.
     *
     * @param from the first second, since 1970-01-01T00:00:00Z, at which an entry counts; {@link Long#MIN_VALUE} for always
     */
    Revocations(Map<Digest, Long> from) {
        this.from = Map.copyOf(from);
    }

    /** The entries of both lists; of two on one digest the earlier. */
    Revocations and(Revocations other) {
        Map<Digest, Long> all = new HashMap<>(from);
        other.from.forEach((digest, since) -> all.merge(digest, since, Math::min));
        return new Revocations(all);
    }

    /** Returns whether there are no entries, so that nobody needs a digest to ask about. */
    public boolean isEmpty() {
        return from.isEmpty();
    }

    /** Returns how many entries count at a time; grows with time, and whenever an answer changes. */
    long inForce(long now) {
        return from.values().stream().filter(since -> since <= now).count();
    }

    /** Returns the number of entries. */
    int size() {
        return from.size();
    }

    /**
     * Returns whether a certificate is revoked.
     *
     * @param now seconds since 1970-01-01T00:00:00Z, as everywhere here
     */
    public boolean isRevoked(Certificate certificate, long now) {
        return !isEmpty()
                && (counts(Kind.CERT, certificate.sha256(), now)
                        || counts(Kind.TBS, certificate.signedPartSha256(), now));
    }

    /** Returns whether a program is revoked. One whose digest is not known offline is not. */
    public boolean isRevoked(Instructions program, long now) {
        return !isEmpty()
                && program.digest()
                        .map(digest -> counts(Kind.BIN, digest.hex(), now))
                        .orElse(false);
    }

    /**
     * Returns whether a text is revoked.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public boolean isRevoked(String sha256, long now) {
        return counts(Kind.BIN, sha256, now);
    }

    private boolean counts(Kind kind, String hex, long now) {
        Long since = from.get(new Digest(kind, hex));
        return since != null && since <= now;
    }
}
