package org.bpfgate.integrity.sig.internal.keyring;

import java.time.InstantSource;

/**
 * Where verifiers get their trust from: the keyrings as last read, and the time. Keyrings are replaced in one write. Safe
 * for use by several threads.
 */
public final class TrustSource {
    private final InstantSource clock;
    private volatile Base base = new Base(Keyrings.EMPTY, 0);

    /** Keyrings, and the generation that they began with. */
    private record Base(Keyrings keyrings, long generation) {
        Base followedBy(Keyrings next) {
            // Each revocation that comes into force is a generation of its own; the next keyrings begin behind all of
            // them.
            return new Base(next, generation + keyrings.revocations().size() + 1);
        }
    }

    /** Starts with empty keyrings. */
    public TrustSource(InstantSource clock) {
        this.clock = clock;
    }

    /** Replaces all keyrings. Updates come one at a time. */
    public synchronized void update(Keyrings keyrings) {
        base = base.followedBy(keyrings);
    }

    /** Returns a source of other keyrings whose generations go on behind those of this one, which stays as it is. */
    public TrustSource followedBy(Keyrings keyrings) {
        TrustSource next = new TrustSource(clock);
        next.base = base.followedBy(keyrings);
        return next;
    }

    /** Returns whom to trust now. */
    public Trust now() {
        Base current = base;
        long now = clock.instant().getEpochSecond();
        Revocations revocations = current.keyrings.revocations();
        long inForce = revocations.isEmpty() ? 0 : revocations.inForce(now);
        return new Trust(current.keyrings, current.generation + inForce, now);
    }
}
