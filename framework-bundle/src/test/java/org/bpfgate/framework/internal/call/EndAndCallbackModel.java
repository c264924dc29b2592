package org.bpfgate.framework.internal.call;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of how a callback begins ({@link HookCall}) while {@link QuiescenceWait} ends the call from another thread: the call shows
 * where it goes and looks whether it may; the drain ends the call, lets some time pass and looks where the call is. What the call
 * shows goes through a store buffer, as on x86-64; the time that passes is long enough for it to come out.
 */
final class EndAndCallbackModel {
    /** Ways to get it wrong, and the right one. */
    enum Variant {
        /** As the code is. */
        CORRECT,
        /** The call looks whether it may, and shows afterwards where it goes. */
        LOOK_BEFORE_SHOWING,
        /** The drain looks as soon as it has ended the call. */
        NO_TIME_TO_NOTICE
    }

    private enum Walk {
        FIRST_STEP,
        SECOND_STEP,
        IN_CALLBACK,
        OVER
    }

    private enum Drained {
        END_THE_WALK,
        LET_TIME_PASS,
        LOOK,
        NOBODY_IS_INSIDE,
        SOMEBODY_IS_INSIDE
    }

    /**
     * Everything at one moment.
     *
     * @param call the next step of the call
     * @param buffered whether it has shown where it goes, and nobody sees it yet
     * @param shown whether others see it
     * @param mayCall what it found when it looked
     * @param drain the next step of the drain
     */
    private record State(Walk call, boolean buffered, boolean shown, boolean mayCall, Drained drain)
            implements StateSearch.State {
        /** The bundle stops as one that nobody is in, and somebody is. */
        @Override
        public boolean isWrong() {
            return drain == Drained.NOBODY_IS_INSIDE && call == Walk.IN_CALLBACK;
        }

        State showing(Walk next) {
            return new State(next, true, shown, mayCall, drain);
        }

        State looking(Walk next) {
            return new State(next, buffered, shown, drain == Drained.END_THE_WALK, drain);
        }

        State walking(Walk next) {
            return new State(next, buffered, shown, mayCall, drain);
        }

        State draining(Drained next) {
            return new State(call, buffered, shown, mayCall, next);
        }
    }

    private final Variant variant;

    EndAndCallbackModel(Variant variant) {
        this.variant = variant;
    }

    StateSearch.Result search() {
        return StateSearch.from(
                new State(Walk.FIRST_STEP, false, false, false, Drained.END_THE_WALK),
                state -> successors((State) state));
    }

    private List<State> successors(State state) {
        List<State> next = new ArrayList<>();
        if (state.buffered()) {
            next.add(new State(state.call(), false, true, state.mayCall(), state.drain()));
        }
        call(state, next);
        drain(state, next);
        return next;
    }

    /** The call stays in the callback for good: that is what a drain whose patience is over meets. */
    private void call(State state, List<State> next) {
        boolean showsFirst = variant != Variant.LOOK_BEFORE_SHOWING;
        switch (state.call()) {
            case FIRST_STEP -> next.add(showsFirst ? state.showing(Walk.SECOND_STEP) : state.looking(Walk.SECOND_STEP));
            case SECOND_STEP -> next.add(begins(showsFirst ? state.looking(Walk.OVER) : state.showing(Walk.OVER)));
            case IN_CALLBACK, OVER -> {}
        }
    }

    private static State begins(State state) {
        return state.mayCall() ? state.walking(Walk.IN_CALLBACK) : state;
    }

    private void drain(State state, List<State> next) {
        switch (state.drain()) {
            case END_THE_WALK -> next.add(state.draining(Drained.LET_TIME_PASS));
            case LET_TIME_PASS -> {
                if (!state.buffered() || variant == Variant.NO_TIME_TO_NOTICE) {
                    next.add(state.draining(Drained.LOOK));
                }
            }
            case LOOK ->
                next.add(state.draining(state.shown() ? Drained.SOMEBODY_IS_INSIDE : Drained.NOBODY_IS_INSIDE));
            case NOBODY_IS_INSIDE, SOMEBODY_IS_INSIDE -> {}
        }
    }
}
