package org.bpfgate.kernel.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfgate.kernel.internal.request.ClientQueues;
import org.junit.jupiter.api.Test;

/**
 * A model of {@link LeaderFollowers} and {@link ClientQueues} and of who waits for whom, every order of steps: threads of a hostile
 * process ask once each and are never done with; an honest client asks twice. The honest client is always answered in the end: there
 * is no state in which it waits and nothing can happen any more.
 */
class WorkersModelTest {
    private static final int HOSTILE = 5;
    private static final int HONEST_REQUESTS = 2;

    /** Instead of {@link ClientQueues#PER_PROCESS} and {@link ClientQueues#IN_ALL}. */
    private static final int PER_PROCESS = 2;

    private static final int IN_ALL = 3;

    /** Ways to get it wrong, and the right one. */
    private enum Variant {
        CORRECT,
        /** The deputy goes to sleep while the leader is away, when no request waits at that moment. */
        DEPUTY_SLEEPS_WHILE_NOBODY_LEADS,
        /** A process may hold all workers. */
        NO_BOUND_PER_PROCESS,
        /** The leader goes to answer although nobody rests who could take its place. */
        NOBODY_AT_REST,
        /** The deputy says that it sleeps, and does not look again whether the leader has left meanwhile. */
        NO_SECOND_LOOK
    }

    /** What the deputy does. */
    private enum Deputy {
        AWAKE,
        ABOUT_TO_SLEEP,
        ASLEEP
    }

    /**
     * Everything at one moment. Workers are alike, so that they are counted.
     *
     * @param hostile requests of the hostile process that were not made yet
     * @param honest requests that the honest client has not made yet
     * @param inKernel requests that wait to be received, H hostile and B honest, oldest first
     * @param isLed whether a worker waits in the kernel
     * @param resting workers that rest
     * @param held workers that hostile requests hold
     * @param answering whether a worker answers the honest client
     * @param deputy what the deputy does, if somebody rests
     */
    private record State(
            int hostile,
            int honest,
            String inKernel,
            boolean isLed,
            int resting,
            int held,
            boolean answering,
            Deputy deputy) {
        boolean honestWaits() {
            return answering || inKernel.contains("B");
        }
    }

    private static List<State> next(State s, Variant variant) {
        List<State> next = new ArrayList<>();
        if (s.hostile > 0) {
            next.add(new State(
                    s.hostile - 1, s.honest, s.inKernel + "H", s.isLed, s.resting, s.held, s.answering, s.deputy));
        }
        if (s.honest > 0 && !s.honestWaits()) {
            next.add(new State(
                    s.hostile, s.honest - 1, s.inKernel + "B", s.isLed, s.resting, s.held, s.answering, s.deputy));
        }
        if (s.isLed && !s.inKernel.isEmpty()) {
            next.add(receive(s, variant));
        }
        if (s.answering) {
            next.add(answered(s));
        }
        deputy(s, variant).ifPresent(next::add);
        return next;
    }

    /** The leader receives one: it answers and gives the lead up, or has it wait and goes on. */
    private static State receive(State s, Variant variant) {
        String left = s.inKernel.substring(1);
        boolean isHonest = s.inKernel.charAt(0) == 'B';
        int bound = variant == Variant.NO_BOUND_PER_PROCESS ? IN_ALL : PER_PROCESS;
        if (!isHonest && s.held == bound) {
            return new State(s.hostile, s.honest, left, true, s.resting, s.held, s.answering, s.deputy);
        }
        int resting = s.resting == 0 && mayStart(s, variant) ? 1 : s.resting;
        // Whoever gives the lead up wakes the deputy if it says that it sleeps.
        Deputy deputy = s.deputy == Deputy.ASLEEP ? Deputy.AWAKE : s.deputy;
        return isHonest
                ? new State(s.hostile, s.honest, left, false, resting, s.held, true, deputy)
                : new State(s.hostile, s.honest, left, false, resting, s.held + 1, s.answering, deputy);
    }

    /** The bound on workers is that on requests under way, and two: one receives and one rests. */
    private static boolean mayStart(State s, Variant variant) {
        int workers = 1 + s.resting + s.held + (s.answering ? 1 : 0);
        int most = variant == Variant.NO_BOUND_PER_PROCESS ? IN_ALL : IN_ALL + 2;
        return variant != Variant.NOBODY_AT_REST && workers < most;
    }

    private static State answered(State s) {
        return s.isLed
                ? new State(s.hostile, s.honest, s.inKernel, true, s.resting + 1, s.held, false, s.deputy)
                : new State(s.hostile, s.honest, s.inKernel, true, s.resting, s.held, false, s.deputy);
    }

    private static Optional<State> deputy(State s, Variant variant) {
        if (s.resting == 0) {
            return Optional.empty();
        }
        return switch (s.deputy) {
            case AWAKE -> Optional.of(look(s, variant));
            case ABOUT_TO_SLEEP ->
                Optional.of(with(s, s.isLed || variant == Variant.NO_SECOND_LOOK ? Deputy.ASLEEP : Deputy.AWAKE));
            case ASLEEP -> Optional.empty();
        };
    }

    private static State look(State s, Variant variant) {
        if (s.isLed) {
            return with(s, Deputy.ABOUT_TO_SLEEP);
        }
        if (variant == Variant.DEPUTY_SLEEPS_WHILE_NOBODY_LEADS && s.inKernel.isEmpty()) {
            return with(s, Deputy.ASLEEP);
        }
        return new State(s.hostile, s.honest, s.inKernel, true, s.resting - 1, s.held, s.answering, Deputy.AWAKE);
    }

    private static State with(State s, Deputy deputy) {
        return new State(s.hostile, s.honest, s.inKernel, s.isLed, s.resting, s.held, s.answering, deputy);
    }

    /** The first state in which the honest client waits for ever; empty when there is none. */
    private static Optional<State> wrong(Variant variant, Set<State> seen) {
        Deque<State> open = new ArrayDeque<>();
        State start = new State(HOSTILE, HONEST_REQUESTS, "", true, 1, 0, false, Deputy.AWAKE);
        open.add(start);
        seen.add(start);
        while (!open.isEmpty()) {
            State state = open.remove();
            List<State> next = next(state, variant);
            if (next.isEmpty() && state.honestWaits()) {
                return Optional.of(state);
            }
            next.stream().filter(seen::add).forEach(open::add);
        }
        return Optional.empty();
    }

    @Test
    void theHonestClientIsAlwaysAnswered() {
        Set<State> seen = new HashSet<>();
        assertThat(wrong(Variant.CORRECT, seen)).isEmpty();
        assertThat(seen).as("states").hasSizeGreaterThan(100);
    }

    @Test
    void everyWayToGetItWrongIsFound() {
        for (Variant variant : Variant.values()) {
            if (variant != Variant.CORRECT) {
                assertThat(wrong(variant, new HashSet<>())).as(variant.name()).isPresent();
            }
        }
    }
}
