package org.bpfgate.policy.ipe.internal.text;

import java.util.List;
import org.bpfgate.settings.NearestWord;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * Returns the candidate with the fewest differing letters, whatever their case; of several the first in the alphabet, in
     * whatever order they come. Null when none is near.
     */
    public static @Nullable String of(String word, String... candidates) {
        return NearestWord.of(word, List.of(candidates)).orElse(null);
    }
}
