package org.bpfgate.integrity.hash.internal.list;

import java.time.Instant;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.hash.internal.index.DamagedIndexException;
import org.bpfgate.integrity.hash.internal.record.NameMatch;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramDigest;
import org.bpfgate.program.ProgramLoad;
import org.jspecify.annotations.Nullable;

/** What lists say about a load. */
public final class AllowlistEvaluation {
    private final LoadKind load;
    private final AllowlistSet lists;
    private final Instant now;

    /** A list that has the digest for this load but does not count now. */
    private @Nullable DigestList discounted;

    /** What a list that counts says about the digest when it has it for other loads only. */
    private @Nullable DigestListing missed;

    private AllowlistEvaluation(LoadKind load, AllowlistSet lists, Instant now) {
        this.load = load;
        this.lists = lists;
        this.now = now;
    }

    /**
     * Looks a load up.
     *
     * <ul>
     *   <li>{@code UNEXPECTED}: its digest is revoked, for whatever type and way of attaching the revocation was written.
     *   <li>{@code OK}: its digest is listed for its type and way of attaching, under whatever name.
     *   <li>{@code UNEXPECTED}: there is an entry of its name and type, but that one has another digest or another way of attaching.
     *   <li>{@code UNSIGNED}: none of these; always when the digest cannot be known before the load.
     *   <li>{@code FAULT}: a compiled list is damaged where the answer should stand.
     * </ul>
     *
     * @param now decides which lists count
     */
    public static IntegrityReport of(ProgramLoad load, AllowlistSet lists, Instant now) {
        Instructions instructions = load.program().instructions();
        Optional<ProgramDigest> digest = instructions.digest();
        if (digest.isEmpty()) {
            return IntegrityReport.of(
                    IntegrityVerdict.UNSIGNED,
                    "never listed: its digest cannot be computed offline: " + instructions.pendingReason());
        }
        try {
            return new AllowlistEvaluation(LoadKind.of(load), lists, now).of(digest.get());
        } catch (DamagedIndexException e) {
            return IntegrityReport.of(IntegrityVerdict.FAULT, String.valueOf(e.getMessage()))
                    .withCode("damaged-list");
        }
    }

    private IntegrityReport of(ProgramDigest digest) {
        for (DigestList list : lists.revoked()) {
            Optional<DigestListing> listing = list.counts(now) ? list.find(digest, load) : Optional.empty();
            if (listing.isPresent()) {
                return revoked(list, listing.get().entry());
            }
        }
        for (DigestList list : lists.allowed()) {
            Optional<DigestListing> listing = list.find(digest, load);
            if (listing.isPresent() && listing.get().counts() && list.counts(now)) {
                return IntegrityReport.of(
                        IntegrityVerdict.OK, "listed: " + listing.get().entry());
            }
            listing.ifPresent(found -> remember(list, found));
        }
        return notListed();
    }

    private void remember(DigestList list, DigestListing listing) {
        if (listing.counts()) {
            discounted = list;
        } else if (list.counts(now) && listing.isBetterThan(missed)) {
            missed = listing;
        }
    }

    /** The reason begins with the word of the code, because a client's log shows reasons only. */
    private static IntegrityReport revoked(DigestList list, String entry) {
        Validity validity = list.validity();
        String since = validity.hasBeginning() ? "revoked since " + validity.from() : "revoked";
        return IntegrityReport.of(IntegrityVerdict.UNEXPECTED, since + ": " + entry)
                .withCode("revoked");
    }

    private IntegrityReport notListed() {
        if (discounted != null) {
            return IntegrityReport.of(
                            IntegrityVerdict.UNSIGNED,
                            "listed only in " + discounted.provenance().label() + ", which " + discounted.whyNot(now))
                    .withCode(whyNot(discounted.validity()));
        }
        Namesake namesake = namesake();
        IntegrityVerdict verdict = namesake == null ? IntegrityVerdict.UNSIGNED : IntegrityVerdict.UNEXPECTED;
        if (missed != null && missed.mismatch() != null) {
            return IntegrityReport.of(verdict, missed.explanation() + ": " + missed.entry())
                    .withCode(missed.mismatch().code());
        }
        return IntegrityReport.of(verdict, namesake == null ? "never listed" : difference(namesake));
    }

    /** The code of a list that does not count: by its time, or else because nobody trusts its signer any more. */
    private String whyNot(Validity validity) {
        if (validity.contains(now)) {
            return "list-distrusted";
        }
        return now.isBefore(validity.from()) ? "list-not-yet-valid" : "list-expired";
    }

    /** A name that a kernel may have cut is no proof that it is the same program. */
    private String difference(Namesake namesake) {
        String differs = "listed digest differs: " + namesake.entry();
        return namesake.match() == NameMatch.WHOLE
                ? differs
                : differs + "; or another program whose name begins with " + NameMatch.kept(load.name());
    }

    private @Nullable Namesake namesake() {
        Namesake best = null;
        for (DigestList list : lists.allowed()) {
            Optional<Namesake> found = list.counts(now) ? list.namesake(load) : Optional.empty();
            if (found.isPresent() && (best == null || found.get().match().compareTo(best.match()) > 0)) {
                best = found.get();
            }
        }
        return best;
    }
}
