package org.bpfgate.policy.ipe.parser.internal;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
public final class NearMiss {
    /** Two typing errors in one word are likely a slip; with three it is likely another word. */
    private static final int MAX_DISTANCE = 2;

    /** No word of the language is longer, so a longer one is not a slip of any. */
    private static final int MAX_LENGTH = 64;

    private NearMiss() {}

    /**
     * Returns the candidate with the fewest differing letters, whatever their case; of several the first in the alphabet, in
     * whatever order they come. Null when none is near.
     */
    public static @Nullable String of(String word, String... candidates) {
        if (word.length() > MAX_LENGTH) {
            return null;
        }
        String nearest = null;
        int least = MAX_DISTANCE;
        for (String candidate : candidates) {
            int distance = distance(lower(word), lower(candidate));
            if (distance < least || (distance == least && (nearest == null || candidate.compareTo(nearest) < 0))) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Counts letters to insert, remove or replace, and neighbours to swap (Damerau's distance, no letter touched twice). */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] oldest = beforeLast;
            beforeLast = last;
            last = row;
            row = oldest;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (areSwapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }

    private static boolean areSwapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
