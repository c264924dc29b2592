package org.bpfgate.integrity.hash.internal.reload;

import java.util.List;
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
 */
record AllowlistState(
        AllowlistSource source,
        FileStamp stamp,
        KeyringState trust,
        DigestList list,
        @Nullable String problem) {
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
     * @return what stands now; empty when nothing has changed
     */
    Optional<AllowlistState> refreshed(AllowlistLoader loader) {
        if (!source.follows()) {
            return Optional.empty();
        }
        FileStamp now = FileStamp.of(source.file());
        KeyringState trustNow = loader.trust();
        boolean trustMatters = !trust.equals(trustNow) && (list instanceof SignedDigestList || problem != null);
        if (now.equals(stamp) && !trustMatters) {
            return Optional.empty();
        }
        try {
            AllowlistState read = of(source, loader);
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
