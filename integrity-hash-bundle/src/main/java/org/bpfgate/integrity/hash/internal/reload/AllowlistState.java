package org.bpfgate.integrity.hash.internal.reload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.integrity.hash.internal.file.AllowlistLoader;
import org.bpfgate.integrity.hash.internal.file.KeyringState;
import org.bpfgate.integrity.hash.internal.list.DigestList;
import org.bpfgate.integrity.hash.internal.list.DistrustedDigestList;
import org.bpfgate.integrity.hash.internal.list.SignedDigestList;
import org.bpfgate.integrity.hash.internal.text.AllowlistException;
import org.jspecify.annotations.Nullable;

/**
 * One configured list as it stands: what counts of it, and why that is not what the file holds, where it is not. Immutable.
 *
 * @param source which list it is
 * @param stamp the state of the file when it was last read
 * @param trust the keyring state that signatures were verified against then
 * @param list what counts
 * @param problem why the file could not be used when it was last read, {@code FILE:LINE:COL: what is wrong}; null when it could
 * @param removed whether the settings do not name it any more, and it is kept for what would be lost
 */
record AllowlistState(
        AllowlistSource source,
        FileStamp stamp,
        KeyringState trust,
        DigestList list,
        @Nullable String problem,
        boolean removed) {
    /** A list that the settings name. */
    AllowlistState(
            AllowlistSource source, FileStamp stamp, KeyringState trust, DigestList list, @Nullable String problem) {
        this(source, stamp, trust, list, problem, false);
    }

    /**
     * Reads a list for the first time.
     *
     * @throws AllowlistException when it cannot be used
     */
    static AllowlistState of(AllowlistSource source, AllowlistLoader loader) throws AllowlistException {
        // Before the file is read: what changes meanwhile is seen the next time.
        FileStamp stamp = FileStamp.of(source.file());
        KeyringState trust = loader.trust();
        return new AllowlistState(
                source, stamp, trust, loader.load(source.file(), source.mustBeSigned(), source.follows()), null);
    }

    /**
     * Reads the list again if its file has changed, or the keyrings have and they matter; never, when the file is not followed.
     *
     * @param rule how much it may lose then
     * @return what stands now; empty when nothing has changed
     */
    Optional<AllowlistState> refreshed(AllowlistLoader loader, LossRule rule) {
        if (!source.follows()) {
            return Optional.empty();
        }
        FileStamp now = FileStamp.of(source.file());
        KeyringState trustNow = loader.trust();
        boolean trustMatters = !trust.equals(trustNow) && (list instanceof SignedDigestList || problem != null);
        if ((now.equals(stamp) || removed) && !trustMatters) {
            return Optional.empty();
        }
        if (removed) {
            return Optional.of(new AllowlistState(source, stamp, trustNow, lastGood(loader), problem, true));
        }
        try {
            AllowlistState read = of(source, loader);
            String loss =
                    rule.losses(counts(List.of(this)), counts(List.of(read))).get(ListKey.of(this));
            if (loss != null) {
                return Optional.of(new AllowlistState(source, now, trustNow, lastGood(loader), smaller(loss)));
            }
            if (source.revokes() && read.isWithoutEntries() && !isWithoutEntries()) {
                return Optional.of(new AllowlistState(source, now, trustNow, list, emptied()));
            }
            return Optional.of(read);
        } catch (AllowlistException e) {
            return Optional.of(
                    new AllowlistState(source, now, trustNow, lastGood(loader), String.valueOf(e.getMessage())));
        }
    }

    /**
     * What counts while the file is bad: its last good content. But a signature that is not good any more lets nothing in. What it
     * revokes stays revoked, since a key that got lost is no reason to allow those programs again.
     */
    private DigestList lastGood(AllowlistLoader loader) {
        return list instanceof SignedDigestList signed && !source.revokes() ? loader.judgedAnew(signed) : list;
    }

    /** Returns how many entries each list has. */
    static Map<ListKey, Long> counts(List<AllowlistState> states) {
        Map<ListKey, Long> counts = new LinkedHashMap<>();
        states.forEach(
                state -> counts.put(ListKey.of(state), state.list().provenance().entries()));
        return counts;
    }

    private String smaller(String loss) {
        return source.file() + ":1:1: " + LossRule.remedy(loss);
    }

    /** Returns this list as it stays in force in place of one that has lost too much. */
    AllowlistState keptFor(AllowlistState smaller, String loss, AllowlistLoader loader) {
        return new AllowlistState(smaller.source, smaller.stamp, smaller.trust, lastGood(loader), smaller(loss));
    }

    /** Returns this list as it stays in force while no setting names it. */
    AllowlistState keptWithoutName(String loss, AllowlistLoader loader) {
        return new AllowlistState(source, stamp, loader.trust(), lastGood(loader), smaller(loss), true);
    }

    /** Returns whether its file, and what its signature is judged by, are as when it was read. */
    boolean isCurrent(AllowlistLoader loader) {
        return FileStamp.of(source.file()).equals(stamp)
                && (!(list instanceof SignedDigestList) || loader.trust().equals(trust));
    }

    /** An interrupted write leaves a file without entries, and would allow what was revoked. */
    private String emptied() {
        return source.file()
                + ":1:1: revoked programs and has no entry any more; to revoke nothing, write the configuration again";
    }

    private boolean isWithoutEntries() {
        return list.provenance().programs() == 0;
    }

    /** Returns whether the list is one of revocations and revokes nothing. */
    boolean revokesNothing() {
        return source.revokes() && isWithoutEntries();
    }

    /** Returns what an operator should know about the list, a sentence for each. */
    List<String> warnings() {
        return list.warnings(source.revokes());
    }

    /** Returns what becomes of the list while its file is bad, as the end of a sentence. */
    String consequence() {
        return list instanceof DistrustedDigestList ? "it lets nothing in any more" : "the list stays as it was";
    }

    /** Returns what counts and where it comes from, on one line. */
    String description() {
        return source.kind() + " " + list.provenance()
                + (list instanceof DistrustedDigestList ? ", not trusted any more" : "");
    }
}
