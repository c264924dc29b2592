package org.bpfgate.framework.internal.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Visits every state that a model can come to, breadth first, and stops at the first wrong one. */
final class StateSearch {
    /** One state of a model; equal states are one. */
    interface State {
        /** Whether what the model must never do happens here. */
        boolean isWrong();
    }

    /**
     * What a search found.
     *
     * @param states how many different states it came to
     * @param ends how many of them have no successor
     * @param path the shortest way to a wrong state; empty when there is none
     */
    record Result(int states, int ends, List<State> path) {
        Optional<State> wrong() {
            return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast());
        }
    }

    private final Map<State, @Nullable State> cameFrom = new HashMap<>();
    private final Deque<State> open = new ArrayDeque<>();
    private int ends;

    private StateSearch() {}

    static Result from(State start, Function<State, ? extends List<? extends State>> successors) {
        StateSearch search = new StateSearch();
        search.reach(start, null);
        return search.run(successors);
    }

    private Result run(Function<State, ? extends List<? extends State>> successors) {
        while (!open.isEmpty()) {
            State state = open.remove();
            if (state.isWrong()) {
                return new Result(cameFrom.size(), ends, pathTo(state));
            }
            List<? extends State> next = successors.apply(state);
            ends += next.isEmpty() ? 1 : 0;
            next.forEach(successor -> reach(successor, state));
        }
        return new Result(cameFrom.size(), ends, List.of());
    }

    private void reach(State state, @Nullable State from) {
        if (!cameFrom.containsKey(state)) {
            cameFrom.put(state, from);
            open.add(state);
        }
    }

    private List<State> pathTo(State wrong) {
        List<State> path = new ArrayList<>();
        for (State state = wrong; state != null; state = cameFrom.get(state)) {
            path.addFirst(state);
        }
        return path;
    }
}
