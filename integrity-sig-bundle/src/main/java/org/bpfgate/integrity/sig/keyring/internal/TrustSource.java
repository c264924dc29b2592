package org.bpfgate.integrity.sig.keyring.internal;

import java.time.InstantSource;

/**
 * Where verifiers get their trust from: the keyrings as last read, and the time. Keyrings are replaced in one write. Safe
 * for use by several threads.
 */
public final class TrustSource {
    private final InstantSource clock;
    private volatile Base base = new Base(Keyrings.EMPTY, 0);

    /** Keyrings, and the generation that they began with. */
    private record Base(Keyrings keyrings, long generation) {}

    /** Starts with empty keyrings. */
    public TrustSource(InstantSource clock) {
        this.clock = clock;
    }

    /** Replaces all keyrings. Updates come one at a time. */
    public synchronized void update(Keyrings keyrings) {
        Base old = base;
        // Each revocation that comes into force is a generation of its own; the next keyrings begin behind all of them.
        long next = old.generation + old.keyrings.revocations().size() + 1;
        base = new Base(keyrings, next);
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
