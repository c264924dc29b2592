package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells what is special about the events of a region, by one of them. */
public final class WitnessFacts {
    private WitnessFacts() {}

    /** Narrows a region to events with one value for each thing of which some values are excluded and all have a word. */
    public static Region choose(Region region) {
        Region chosen = region.copy();
        for (Map.Entry<String, Set<String>> entry : new TreeMap<>(region.excluded()).entrySet()) {
            if (chosen.isFree(entry.getKey())) {
                chosen = withOneOf(chosen, entry.getKey(), Domain.without(entry.getKey(), entry.getValue()));
            }
        }
        return withVouching(chosen);
    }

    private static Region withOneOf(Region region, String variable, List<String> values) {
        for (String value : values) {
            Region narrowed = region.copy();
            if (narrowed.require(new Atom(variable, value))) {
                return narrowed;
            }
        }
        return region;
    }

    /** Of a signer somebody must tell: where one verifier is known not to, the other one does if it can. */
    private static Region withVouching(Region region) {
        boolean signed = region.fixed().entrySet().stream()
                .anyMatch(entry ->
                        Atom.isAboutSigners(entry.getKey()) && entry.getValue().equals(Atom.TRUE));
        if (!signed) {
            return region;
        }
        if (region.known(Atom.HORNET) != null && region.isFree(Atom.NATIVE)) {
            return withOneOf(region, Atom.NATIVE, List.of("OK"));
        }
        return region.known(Atom.NATIVE) != null && region.isFree(Atom.HORNET)
                ? withOneOf(region, Atom.HORNET, List.of("OK", "PARTIALSIG"))
                : region;
    }

    /** Returns the facts about the events of a region that {@link #choose} gave, in words of the language. */
    public static List<String> of(Region chosen) {
        List<String> facts = new ArrayList<>();
        chosen.fixed().forEach((variable, value) -> facts.add(new Atom(variable, value).word()));
        for (String variable : new TreeMap<>(chosen.excluded()).keySet()) {
            if (chosen.isFree(variable)) {
                facts.add("any other " + variable);
            }
        }
        return facts;
    }
}
