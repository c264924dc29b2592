package org.bpfgate.integrity.hash.internal;

import java.lang.ref.WeakReference;
import java.util.List;
import org.bpfgate.integrity.hash.internal.list.AllowlistModule;
import org.bpfgate.integrity.hash.internal.list.AllowlistSet;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.jspecify.annotations.Nullable;

/** Keeps the revocations of a candidate those in force, also when they change while it is tried. Safe for use by several threads. */
final class CandidateRevocations {
    private List<DigestList> revoked = List.of();

    /** Weak, since nobody tells when the last candidate is gone. */
    private WeakReference<@Nullable AllowlistModule> candidate = new WeakReference<>(null);

    private List<DigestList> allowed = List.of();

    /** The lists of the live module changed. */
    synchronized void inForce(@Nullable AllowlistSet live) {
        revoked = live == null ? List.of() : live.revoked();
        update();
    }

    /** Gives a candidate its lists of allowed programs, and the revocations in force from now on. */
    synchronized void follow(AllowlistModule instance, @Nullable AllowlistSet own) {
        candidate = new WeakReference<>(instance);
        allowed = own == null ? List.of() : own.allowed();
        update();
    }

    private void update() {
        AllowlistModule instance = candidate.get();
        if (instance != null) {
            instance.use(new AllowlistSet(allowed, revoked));
        }
    }
}
