package org.bpfgate.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant, for "did you mean" in messages. */
public final class NearestWord {
    /** Two typing errors in one word are likely a slip; with three it is likely another word. */
    private static final int MAX_DISTANCE = 2;

    /** No option, setting or word of a policy is longer; the comparison takes time by the product of the lengths. */
    private static final int MAX_LENGTH = 64;

    private NearestWord() {}

    /**
     * Returns the candidate with the fewest differing letters, whatever their case; of several the one that shares most letters at its
     * beginning and end, and of these the first in the alphabet, in whatever order they come.
     *
     * @param word as it was typed
     * @param candidates the words that exist
     * @return empty when none is near: more than two letters differ
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String nearest = null;
        int least = MAX_DISTANCE;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < least || (distance == least && (nearest == null || isNearer(word, candidate, nearest)))) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Decides between two candidates of the same distance: a letter that was left out is a likelier slip than a wrong one. */
    private static boolean isNearer(String word, String candidate, String other) {
        int difference = shared(word, candidate) - shared(word, other);
        return difference > 0 || (difference == 0 && candidate.compareTo(other) < 0);
    }

    private static int shared(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int most = Math.min(a.length(), b.length());
        int before = 0;
        while (before < most && a.charAt(before) == b.charAt(before)) {
            before++;
        }
        int after = 0;
        while (before + after < most && a.charAt(a.length() - 1 - after) == b.charAt(b.length() - 1 - after)) {
            after++;
        }
        return before + after;
    }

    /**
     * Counts letters to insert, remove or replace, and neighbours to swap (Damerau's distance, no letter touched twice), without regard
     * to case.
     */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
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
