package org.bpfgate.framework.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.framework.internal.stack.Generation;
import org.junit.jupiter.api.Test;

/** A call that meets a change while it begins, begins anew with the newer generation. */
class CallShowsItselfBeforeItLooksAgainTest {
    private final List<Long> shownAtEachLook = new ArrayList<>();
    private final List<Generation> generations = List.of(generation(0), generation(1), generation(2));
    private long changes;
    private long looks;
    private final InFlight inFlight = new InFlight(this::look);

    /** What a look at the current generation finds; a change comes between any two looks until there are no more. */
    private Generation look() {
        inFlight.forEachHere(call -> shownAtEachLook.add(call.generation().stack.generation()));
        return generations.get((int) Math.min(looks++, changes));
    }

    private static Generation generation(long number) {
        return new Generation(number, List.of(), List.of(), List.of());
    }

    private long enter(long changesMeanwhile) {
        changes = changesMeanwhile;
        HookCall call = new HookCall();
        inFlight.enter(call);
        inFlight.leave(call);
        return call.generation().stack.generation();
    }

    @Test
    void withoutAChangeItLooksTwiceAndIsShownAtTheSecondLook() {
        assertThat(enter(0)).isZero();
        assertThat(shownAtEachLook).containsExactly(0L);
    }

    @Test
    void itTakesTheGenerationThatStaysAndShowsWhichOneItIsAbout() {
        assertThat(enter(2)).isEqualTo(2);
        assertThat(shownAtEachLook).containsExactly(0L, 1L, 2L);
    }

    @Test
    void afterwardsItIsShownNoMore() {
        enter(1);
        List<HookCall> shown = new ArrayList<>();
        inFlight.forEach(shown::add);
        assertThat(shown).isEmpty();
    }
}
