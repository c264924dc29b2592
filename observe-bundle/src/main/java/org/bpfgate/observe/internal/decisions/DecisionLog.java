package org.bpfgate.observe.internal.decisions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.jspecify.annotations.Nullable;

/**
 * The last decisions, in a ring. Who decides writes one place and waits for nobody; who reads may miss what was overwritten meanwhile, and
 * learns how much. Safe for use by several threads.
 */
public final class DecisionLog implements MediationListener {
    /** Some 2 KiB each, so 8 MiB at most. */
    static final int KEPT = 4096;

    /** One place of the ring. */
    private record Place(long number, Decision decision) {}

    private final AtomicReferenceArray<@Nullable Place> ring = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong next = new AtomicLong();

    @Override
    public void mediated(MediationRecord mediated) {
        Decision decision = Decision.of(mediated);
        long number = next.getAndIncrement();
        ring.set((int) (number % KEPT), new Place(number, decision));
    }

    /** Returns the number that the next decision gets. */
    long next() {
        return next.get();
    }

    /**
     * Reads what there is from a number on.
     *
     * @param from the number of the first
     */
    Reading read(long from) {
        long end = next.get();
        long begin = Math.max(from, end - KEPT);
        long lost = begin - from;
        List<Decision> decisions = new ArrayList<>();
        for (long number = begin; number < end; number++) {
            Place place = ring.get((int) (number % KEPT));
            if (place == null || place.number() < number) {
                // It has its number, and is about to be written.
                return new Reading(decisions, number, lost);
            }
            if (place.number() > number) {
                lost++;
            } else {
                decisions.add(place.decision());
            }
        }
        return new Reading(decisions, end, lost);
    }

    /**
     * What was read.
     *
     * @param decisions in their order
     * @param next the number to go on with
     * @param lost how many were overwritten before they could be read
     */
    record Reading(List<Decision> decisions, long next, long lost) {}
}
