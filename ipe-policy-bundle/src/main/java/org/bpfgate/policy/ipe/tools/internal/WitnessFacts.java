package org.bpfgate.policy.ipe.tools.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells what is special about the events of a region, by one of them. */
final class WitnessFacts {
    private WitnessFacts() {}

    /** Chooses one event: a value for each thing that is not free; null for a value that no policy names. */
    static Map<String, @Nullable String> choose(Region region) {
        Map<String, @Nullable String> chosen = new LinkedHashMap<>(region.fixed());
        for (Map.Entry<String, Set<String>> entry : new TreeMap<>(region.excluded()).entrySet()) {
            if (region.isFree(entry.getKey())) {
                List<String> left = Domain.without(entry.getKey(), entry.getValue());
                chosen.put(entry.getKey(), left.isEmpty() ? null : left.getFirst());
            }
        }
        return chosen;
    }

    /** Returns the facts about that event, in words of the language. */
    static List<String> of(Region region) {
        List<String> facts = new ArrayList<>();
        choose(region)
                .forEach((variable, value) ->
                        facts.add(value == null ? "any other " + variable : new Atom(variable, value).word()));
        return facts;
    }
}
