package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private LossRule rule = LossRule.NONE;

    /** What lists had before the last start; null while nothing is kept. */
    private @Nullable KeptCounts kept;

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
     * @throws AllowlistException when one of them is bad, or would lose more than it may; the ones in use, and the files that are
     *     watched, stay
     */
    public synchronized void use(AllowlistPaths replacement) throws AllowlistException {
        List<AllowlistState> fresh = new ArrayList<>();
        for (AllowlistSource source : replacement.sources()) {
            fresh.add(AllowlistState.of(source, loader));
        }
        List<AllowlistState> next =
                states.isEmpty() ? first(fresh, replacement.loss()) : instead(fresh, replacement.loss());
        rule = replacement.loss();
        publish(next);
        next.forEach(this::tell);
    }

    /** There is nothing to stay in force. Fewer allowed programs are told of, and fewer revocations let in what was denied. */
    private List<AllowlistState> first(List<AllowlistState> fresh, LossRule next) throws AllowlistException {
        Path directory = next.state();
        if (directory == null) {
            kept = null;
            return fresh;
        }
        KeptCounts counts = kept;
        if (counts == null || !counts.isIn(directory)) {
            counts = new KeptCounts(directory);
        }
        for (Map.Entry<ListKey, String> each :
                next.losses(counts.counts(), AllowlistState.counts(fresh)).entrySet()) {
            if (each.getKey().revokes()) {
                throw new AllowlistException(
                        each.getKey().file(), LossRule.remedy("since the last start " + each.getValue()));
            }
        }
        kept = counts;
        return fresh;
    }

    /** Puts lists in the place of those in use; what would lose too much stays, or nothing changes. */
    private List<AllowlistState> instead(List<AllowlistState> fresh, LossRule next) throws AllowlistException {
        Map<ListKey, String> losses = next.losses(AllowlistState.counts(states), AllowlistState.counts(fresh));
        if (!losses.isEmpty() && !next.keepsRemoved()) {
            Map.Entry<ListKey, String> loss = losses.entrySet().iterator().next();
            throw new AllowlistException(loss.getKey().file(), LossRule.remedyOfSettings(loss.getValue()));
        }
        Map<ListKey, AllowlistState> result = new LinkedHashMap<>();
        fresh.forEach(state -> result.put(ListKey.of(state), state));
        for (AllowlistState state : states) {
            ListKey key = ListKey.of(state);
            String loss = losses.get(key);
            if (loss != null) {
                AllowlistState smaller = result.get(key);
                result.put(
                        key,
                        smaller == null ? state.keptWithoutName(loss, loader) : state.keptFor(smaller, loss, loader));
            }
        }
        return List.copyOf(result.values());
    }

    /**
     * Returns what the lists of allowed programs in use would lose, if that is more than they may, when others take their place.
     *
     * @return one line; empty when it is not
     */
    public synchronized Optional<String> lossBy(AllowlistManager other) {
        return rule
                .losses(AllowlistState.counts(allowed(states)), AllowlistState.counts(allowed(other.states)))
                .entrySet()
                .stream()
                .map(each -> each.getKey().file() + " " + each.getValue())
                .findFirst();
    }

    private static List<AllowlistState> allowed(List<AllowlistState> states) {
        return states.stream().filter(state -> !state.source().revokes()).toList();
    }

    /** Returns the file that has changed since it was read, or whose signature may be judged otherwise now; the first of several. */
    public synchronized Optional<Path> outdated() {
        return states.stream()
                .filter(state -> !state.isCurrent(loader))
                .map(state -> state.source().file())
                .findFirst();
    }

    private void tell(AllowlistState state) {
        String problem = state.problem();
        if (problem == null) {
            events.taken(state);
        } else {
            events.refused(state, problem);
        }
    }

    /**
     * Loads those lists again whose files have changed, and the signed ones when what signatures are judged by has. What came of
     * it is told for each.
     */
    synchronized void reloadIfChanged() {
        List<AllowlistState> next = new ArrayList<>();
        List<AllowlistState> changed = new ArrayList<>();
        for (AllowlistState state : states) {
            Optional<AllowlistState> now = state.refreshed(loader, rule);
            next.add(now.orElse(state));
            now.ifPresent(changed::add);
        }
        if (changed.isEmpty()) {
            return;
        }
        publish(next);
        changed.forEach(this::tell);
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
        events.inUse(states, remember());
    }

    /** Keeps the counts for the next start, and returns what was lost since the last one and nobody has accepted. */
    private List<String> remember() {
        KeptCounts memory = kept;
        if (memory == null || rule.state() == null) {
            return List.of();
        }
        Map<ListKey, Long> now = new LinkedHashMap<>(AllowlistState.counts(states));
        List<String> lines = new ArrayList<>();
        rule.losses(memory.counts(), now).forEach((key, loss) -> {
            if (!key.revokes()) {
                lines.add(key.file() + ":1:1: " + LossRule.remedy("since the last start " + loss));
            }
        });
        if (!lines.isEmpty()) {
            // Until that is accepted, the next start is to tell it too.
            now.keySet().removeIf(key -> !key.revokes());
            memory.counts().forEach((key, count) -> {
                if (!key.revokes()) {
                    now.put(key, count);
                }
            });
        }
        memory.keep(now);
        lines.addAll(memory.problems());
        return lines;
    }

    private List<DigestList> lists(boolean revoking) {
        return states.stream()
                .filter(state -> state.source().revokes() == revoking)
                .map(AllowlistState::list)
                .toList();
    }
}
