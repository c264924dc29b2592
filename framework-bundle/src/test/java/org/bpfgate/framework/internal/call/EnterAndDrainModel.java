package org.bpfgate.framework.internal.call;

import java.util.ArrayList;
import java.util.List;

/**
 * A model of {@link InFlight#enter}, {@link InFlight#leave} and {@link QuiescenceWait#await}, step by step as memory sees them: two
 * threads that call twice each, and a publisher that takes a module out of the stack, waits until no call uses it and then
 * says that it is gone. Generation 0 has the module, generation 1 has not.
 *
 * <p>A slot's store goes through a store buffer, as on x86-64: other threads see it some time later. A fence, which
 * {@code setVolatile} has, waits until the buffer is empty.
 */
final class EnterAndDrainModel {
    /** Ways to get it wrong, and the right one. */
    enum Variant {
        /** As the code is. */
        CORRECT,
        /** A call does not look again whether its generation is still the current one. */
        NO_SECOND_LOOK,
        /** The publisher looks at the slots first and publishes afterwards. */
        LOOK_BEFORE_PUBLISHING,
        /** The slot is written with an ordinary store. */
        NO_FENCE
    }

    private static final int WALKS = 2;

    /** No call is shown, or nothing is buffered. */
    private static final int NONE = -1;

    /** The steps of a call, in order. */
    private enum At {
        FIRST_LOOK,
        PREPARE,
        SHOW,
        FENCE,
        SECOND_LOOK,
        BEGIN_CALLBACK,
        END_CALLBACK,
        LEAVE,
        DONE
    }

    /**
     * One thread that calls.
     *
     * @param at its next step
     * @param call which of its calls it is at
     * @param found the generation that it read last
     * @param generations what each of its calls says of its generation; {@value #NONE} before it says anything
     * @param slot the call that others see in its slot
     * @param buffer what it wrote to its slot and others do not see yet, oldest first
     */
    private record Walker(At at, int call, int found, List<Integer> generations, int slot, List<Integer> buffer) {
        static final Walker START = new Walker(At.FIRST_LOOK, 0, NONE, List.of(NONE, NONE), NONE, List.of());

        Walker to(At next) {
            return new Walker(next, call, found, generations, slot, buffer);
        }

        Walker finding(int generation, At next) {
            return new Walker(next, call, generation, generations, slot, buffer);
        }

        /** A volatile write: nothing of it is buffered. */
        Walker prepared() {
            List<Integer> written = new ArrayList<>(generations);
            written.set(call, found);
            return new Walker(At.SHOW, call, found, List.copyOf(written), slot, buffer);
        }

        Walker storing(int shown, At next) {
            List<Integer> more = new ArrayList<>(buffer);
            more.add(shown);
            return new Walker(next, call, found, generations, slot, List.copyOf(more));
        }

        /** The oldest buffered store becomes visible. */
        Walker flushed() {
            return new Walker(at, call, found, generations, buffer.getFirst(), buffer.subList(1, buffer.size()));
        }

        Walker nextWalk() {
            At next = call + 1 < WALKS ? At.FIRST_LOOK : At.DONE;
            return new Walker(next, call + 1, NONE, generations, slot, buffer);
        }
    }

    /**
     * The publisher.
     *
     * @param published whether generation 1 is current
     * @param looking the slot that it looks at next
     * @param seen the call that it saw in that slot and whose generation it reads next; {@value #NONE} before
     * @param gone whether it has said that the module is gone
     */
    private record Publisher(boolean published, int looking, int seen, boolean gone) {
        static final Publisher START = new Publisher(false, 0, NONE, false);
    }

    /** Everything at one moment. */
    private record State(Walker first, Walker second, Publisher publisher) implements StateSearch.State {
        Walker walker(int number) {
            return number == 0 ? first : second;
        }

        State with(int number, Walker walker) {
            return number == 0 ? new State(walker, second, publisher) : new State(first, walker, publisher);
        }

        State with(Publisher next) {
            return new State(first, second, next);
        }

        int current() {
            return publisher.published() ? 1 : 0;
        }

        /** A callback of the module begins although it is gone. */
        @Override
        public boolean isWrong() {
            return publisher.gone() && (beginsOldCallback(first) || beginsOldCallback(second));
        }

        private static boolean beginsOldCallback(Walker walker) {
            return walker.at() == At.BEGIN_CALLBACK && walker.found() == 0;
        }
    }

    private final Variant variant;

    EnterAndDrainModel(Variant variant) {
        this.variant = variant;
    }

    StateSearch.Result search() {
        return StateSearch.from(
                new State(Walker.START, Walker.START, Publisher.START), state -> successors((State) state));
    }

    private List<State> successors(State state) {
        List<State> next = new ArrayList<>();
        for (int number = 0; number < 2; number++) {
            Walker walker = state.walker(number);
            if (!walker.buffer().isEmpty()) {
                next.add(state.with(number, walker.flushed()));
            }
            if (canStep(walker)) {
                next.add(state.with(number, step(walker, state.current())));
            }
        }
        if (!state.publisher().gone()) {
            next.add(state.with(step(state)));
        }
        return next;
    }

    private static boolean canStep(Walker walker) {
        return walker.at() != At.DONE
                && (walker.at() != At.FENCE || walker.buffer().isEmpty());
    }

    private Walker step(Walker walker, int current) {
        return switch (walker.at()) {
            case FIRST_LOOK -> walker.finding(current, At.PREPARE);
            case PREPARE -> walker.prepared();
            case SHOW -> walker.storing(walker.call(), variant == Variant.NO_FENCE ? At.SECOND_LOOK : At.FENCE);
            case FENCE -> walker.to(variant == Variant.NO_SECOND_LOOK ? At.BEGIN_CALLBACK : At.SECOND_LOOK);
            case SECOND_LOOK -> walker.finding(current, current == walker.found() ? At.BEGIN_CALLBACK : At.PREPARE);
            case BEGIN_CALLBACK -> walker.to(At.END_CALLBACK);
            case END_CALLBACK -> walker.to(At.LEAVE);
            case LEAVE -> walker.storing(NONE, At.DONE).nextWalk();
            case DONE -> walker;
        };
    }

    private Publisher step(State state) {
        Publisher publisher = state.publisher();
        boolean mayLook = publisher.published() || variant == Variant.LOOK_BEFORE_PUBLISHING;
        if (!mayLook) {
            return new Publisher(true, 0, NONE, false);
        }
        if (publisher.looking() == 2) {
            // Looked at both: with the wrong order publishing comes only now.
            return new Publisher(true, 2, NONE, publisher.published());
        }
        return look(state, publisher);
    }

    /** Reads a slot in one step and the generation of the call in it in another; begins anew when it uses the module. */
    private static Publisher look(State state, Publisher publisher) {
        Walker walker = state.walker(publisher.looking());
        if (publisher.seen() != NONE) {
            boolean uses = walker.generations().get(publisher.seen()) == 0;
            return new Publisher(publisher.published(), uses ? 0 : publisher.looking() + 1, NONE, false);
        }
        return walker.slot() == NONE
                ? new Publisher(publisher.published(), publisher.looking() + 1, NONE, false)
                : new Publisher(publisher.published(), publisher.looking(), walker.slot(), false);
    }
}
