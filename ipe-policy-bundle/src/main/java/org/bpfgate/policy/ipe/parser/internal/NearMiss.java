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

    /** Returns the candidate with the fewest differing letters, whatever their case; null when none is near. */
    public static @Nullable String of(String word, String... candidates) {
        String nearest = null;
        int least = MAX_DISTANCE + 1;
        for (String candidate : candidates) {
            int distance = word.length() > MAX_LENGTH ? least : distance(lower(word), lower(candidate));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Counts letters to insert, remove or replace (Levenshtein distance). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
