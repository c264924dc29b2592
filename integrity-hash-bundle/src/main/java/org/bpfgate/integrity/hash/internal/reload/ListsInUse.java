package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.integrity.hash.internal.file.ListLoader;
import org.bpfgate.integrity.hash.internal.list.ListSet;
import org.bpfgate.integrity.hash.internal.list.ProgramList;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configured lists and loads each again when its file changes. A list that is bad then stays as it was, and the others
 * are taken: a broken list of programs to let in does not keep a revocation out. Deciding threads never wait for it: a new set is
 * made beside the old one and put in its place by one write. Safe for use by several threads.
 */
public final class ListsInUse {
    private final Consumer<@Nullable ListSet> module;
    private final ListLoader loader;
    private final ListEvents events;
    private List<ListState> states = List.of();

    /**
     * Makes a keeper of no lists.
     *
     * @param module takes the lists that decide from then on; null when none is configured
     * @param events is told what becomes of each list
     */
    public ListsInUse(Consumer<@Nullable ListSet> module, ListLoader loader, ListEvents events) {
        this.module = module;
        this.loader = loader;
        this.events = events;
    }

    /**
     * Puts other lists in use.
     *
     * @throws AllowlistException when one of them is bad; the ones in use, and the files that are watched, stay
     */
    public synchronized void use(ListPaths replacement) throws AllowlistException {
        List<ListState> fresh = new ArrayList<>();
        for (ListSource source : replacement.sources()) {
            fresh.add(ListState.of(source, loader));
        }
        publish(fresh);
        fresh.forEach(events::taken);
    }

    /**
     * Loads those lists again whose files have changed, and the signed ones when what signatures are judged by has. What came of
     * it is told for each.
     */
    synchronized void reloadIfChanged() {
        List<ListState> next = new ArrayList<>();
        List<ListState> changed = new ArrayList<>();
        for (ListState state : states) {
            Optional<ListState> now = state.refreshed(loader);
            next.add(now.orElse(state));
            now.ifPresent(changed::add);
        }
        if (changed.isEmpty()) {
            return;
        }
        publish(next);
        for (ListState state : changed) {
            if (state.problem() == null) {
                events.taken(state);
            } else {
                events.refused(state, state.problem());
            }
        }
    }

    /** Returns the lists of revocations in use that revoke nothing. */
    public synchronized List<Path> revokingNothing() {
        return states.stream()
                .filter(ListState::revokesNothing)
                .map(state -> state.source().file())
                .toList();
    }

    private void publish(List<ListState> next) {
        states = List.copyOf(next);
        module.accept(next.isEmpty() ? null : new ListSet(lists(false), lists(true)));
        events.inUse(states);
    }

    private List<ProgramList> lists(boolean revoking) {
        return states.stream()
                .filter(state -> state.source().revokes() == revoking)
                .map(ListState::list)
                .toList();
    }
}
