package org.bpfgate.integrity.hash.internal.reload;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says how many entries lists may lose unasked. Counts are compared, and not the entries: when programs are built again each of them has
 * another digest, and a list that was cut off or emptied by mistake has fewer. Lists that are gone are compared with those that have come
 * instead, so that a file may get another name.
 *
 * @param mostLost percent of the entries that a list may lose; 100 for any
 * @param keepsRemoved whether lists that are not named any more stay in force when too much would be lost; otherwise such settings are refused
 * @param allowsNone whether to have no list of allowed programs is meant
 * @param revokesNone whether to have no revocations is meant
 * @param state the directory where the counts are kept for the next start; null for none
 */
public record LossRule(
        int mostLost,
        boolean keepsRemoved,
        boolean allowsNone,
        boolean revokesNone,
        @Nullable Path state) {
    /** Lists may lose everything. */
    public static final int ANY = 100;

    /** Anything may be lost, and nothing is kept. */
    public static final LossRule NONE = new LossRule(ANY, false, true, true, null);

    /** How to accept a loss: at the command line of the gate, or by the setting elsewhere. */
    private static final String REMEDY = "; if that is meant: bpfgate settings org.bpfgate.allowlist --accept-smaller";

    private static final String REMEDY_OF_SETTINGS = "; if that is meant, change the settings with --accept-smaller";

    private boolean isLoss(long before, long after) {
        return (before - after) * ANY > before * mostLost;
    }

    /**
     * Compares two sets of lists.
     *
     * @param before how many entries each list has that is to be replaced
     * @param after the same of the new ones
     * @return for each list of {@code before} that would lose too much the reason, as the end of a sentence about it
     */
    Map<ListKey, String> losses(Map<ListKey, Long> before, Map<ListKey, Long> after) {
        Map<ListKey, String> losses = new LinkedHashMap<>();
        for (boolean revokes : new boolean[] {true, false}) {
            long gone = sum(before, key -> key.revokes() == revokes && !after.containsKey(key));
            long instead = sum(after, key -> key.revokes() == revokes && !before.containsKey(key));
            boolean isMeant = (revokes ? revokesNone : allowsNone)
                    && after.keySet().stream().noneMatch(key -> key.revokes() == revokes);
            before.forEach((key, count) -> {
                Long now = after.get(key);
                if (key.revokes() != revokes) {
                    return;
                }
                if (now == null && count > 0 && !isMeant && isLoss(gone, instead)) {
                    losses.put(key, "is no list any more, and has " + entries(count) + limit());
                } else if (now != null && isLoss(count, now)) {
                    losses.put(key, "has " + entries(now) + " in place of " + count + limit());
                }
            });
        }
        return losses;
    }

    private static long sum(Map<ListKey, Long> counts, Predicate<ListKey> which) {
        return counts.entrySet().stream()
                .filter(each -> which.test(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String entries(long count) {
        return count == 1 ? "1 entry" : count + " entries";
    }

    private String limit() {
        return ", and a list may lose " + mostLost + " % (most.lost)";
    }

    /** Completes a reason for whoever sees the file, and not the settings. */
    static String remedy(String reason) {
        return reason + REMEDY;
    }

    /** Completes a reason for whoever changes the settings. */
    static String remedyOfSettings(String reason) {
        return reason + REMEDY_OF_SETTINGS;
    }
}
