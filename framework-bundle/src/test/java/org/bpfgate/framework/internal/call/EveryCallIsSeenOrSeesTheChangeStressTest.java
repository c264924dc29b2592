package org.bpfgate.framework.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bpfgate.framework.internal.dispatch.Gate;
import org.bpfgate.framework.internal.stack.Generation;
import org.junit.jupiter.api.Test;

/**
 * The core of {@link InFlight} alone, so that a call begins and ends in nanoseconds and meets as many changes as possible. Runs
 * for two seconds, or for as many as the system property {@code bpfgate.stress.seconds} says.
 */
class EveryCallIsSeenOrSeesTheChangeStressTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("bpfgate.stress.seconds", 2));
    private static final int WALKERS = 2;

    private volatile Generation current = generation(0);

    /** The newest generation that no call used any more when its publisher looked. */
    private volatile long drained = -1;

    private volatile boolean over;
    private final InFlight inFlight = new InFlight(() -> current);

    private static Generation generation(long number) {
        return new Generation(number, List.of(), List.of(), List.of());
    }

    /**
     * What one walker saw.
     *
     * @param calls how many calls it began
     * @param overlooked how many of them had a generation that was drained when they began
     */
    private record Walked(long calls, long overlooked) {}

    private Walked walkUntilOver() {
        long calls = 0;
        long overlooked = 0;
        while (!over) {
            HookCall call = new HookCall();
            inFlight.enter(call);
            if (call.generation().stack.generation() <= drained) {
                overlooked++;
            }
            inFlight.leave(call);
            calls++;
        }
        return new Walked(calls, overlooked);
    }

    private long publishUntilOver() {
        long start = System.nanoTime();
        long number = 0;
        while (System.nanoTime() - start < NANOS) {
            Generation old = current;
            number++;
            current = generation(number);
            while (inFlight.anyElsewhere(call -> call.generation() == old)) {
                Thread.onSpinWait();
            }
            drained = number - 1;
        }
        return number;
    }

    @Test
    void noWalkIsOverlooked() {
        List<Gate.Elsewhere<Walked>> walkers = new ArrayList<>();
        for (int i = 0; i < WALKERS; i++) {
            walkers.add(Gate.Elsewhere.run(this::walkUntilOver));
        }
        long changes = publishUntilOver();
        over = true;
        List<Walked> walked = walkers.stream().map(Gate.Elsewhere::get).toList();
        System.out.println("changes " + changes + ", " + walked);
        assertThat(walked).allSatisfy(walker -> assertThat(walker.overlooked()).isZero());
        assertThat(walked).allSatisfy(walker -> assertThat(walker.calls()).isPositive());
        assertThat(changes).isPositive();
    }
}
