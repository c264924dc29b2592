package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.list.AllowlistSet;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configured lists and loads each again when its file changes. A list that is bad then stays as it was, and the others
 * are taken: a broken list of allowed programs does not keep a revocation out. Deciding threads never wait for it: a new set is
 * made beside the old one and put in its place by one write. Safe for use by several threads.
 */
public final class AllowlistManager {
    private final Consumer<@Nullable AllowlistSet> module;
    private final AllowlistLoader loader;
    private final AllowlistEvents events;
    private List<AllowlistState> states = List.of();

    /**
     * Makes a manager without lists.
     *
     * @param module takes the lists that decide from then on; null when none is configured
     * @param events receives what becomes of each list
     */
    public AllowlistManager(Consumer<@Nullable AllowlistSet> module, AllowlistLoader loader, AllowlistEvents events) {
        this.module = module;
        this.loader = loader;
        this.events = events;
    }

    /** Makes a manager of lists of which nobody hears. */
    public AllowlistManager(Consumer<@Nullable AllowlistSet> module, AllowlistLoader loader) {
        this(module, loader, AllowlistEvents.NOBODY);
    }

    /**
     * Puts other lists in use.
     *
     * @throws AllowlistException when one of them is bad; the ones in use, and the files that are watched, stay
     */
    public synchronized void use(AllowlistPaths replacement) throws AllowlistException {
        List<AllowlistState> fresh = new ArrayList<>();
        for (AllowlistSource source : replacement.sources()) {
            fresh.add(AllowlistState.of(source, loader));
        }
        publish(fresh);
        fresh.forEach(events::taken);
    }

    /**
     * Loads those lists again whose files have changed, and the signed ones when what signatures are judged by has. What came of
     * it is told for each.
     */
    synchronized void reloadIfChanged() {
        List<AllowlistState> next = new ArrayList<>();
        List<AllowlistState> changed = new ArrayList<>();
        for (AllowlistState state : states) {
            Optional<AllowlistState> now = state.refreshed(loader);
            next.add(now.orElse(state));
            now.ifPresent(changed::add);
        }
        if (changed.isEmpty()) {
            return;
        }
        publish(next);
        for (AllowlistState state : changed) {
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
                .filter(AllowlistState::revokesNothing)
                .map(state -> state.source().file())
                .toList();
    }

    private void publish(List<AllowlistState> next) {
        states = List.copyOf(next);
        module.accept(next.isEmpty() ? null : new AllowlistSet(lists(false), lists(true)));
        events.inUse(states);
    }

    private List<DigestList> lists(boolean revoking) {
        return states.stream()
                .filter(state -> state.source().revokes() == revoking)
                .map(AllowlistState::list)
                .toList();
    }
}
