package org.bpfgate.integrity.hash.internal;

import java.time.Instant;
import java.util.Optional;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.hash.index.internal.DamagedIndexException;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;
import org.jspecify.annotations.Nullable;

/** What lists say about a program. */
final class Evaluation {
    private final BpfProgram program;
    private final ListSet lists;
    private final Instant now;

    /** A list that has the digest but does not count now. */
    private @Nullable ProgramList discounted;

    private Evaluation(BpfProgram program, ListSet lists, Instant now) {
        this.program = program;
        this.lists = lists;
        this.now = now;
    }

    /**
     * Looks a program up.
     *
     * @param now decides which lists count
     * @return {@code UNEXPECTED} when its digest is revoked; {@code OK} when it is listed, under whatever name; {@code UNEXPECTED}
     *     when only other digests are listed for its name and type; {@code UNSIGNED} otherwise, and always when the digest
     *     cannot be known before the load; {@code FAULT} when a compiled list is damaged where the answer should stand
     */
    static IntegrityReport of(BpfProgram program, ListSet lists, Instant now) {
        Optional<ProgramDigest> digest = program.instructions().digest();
        if (digest.isEmpty()) {
            return IntegrityReport.of(
                    IntegrityVerdict.UNSIGNED,
                    "never listed: its digest cannot be computed offline: "
                            + program.instructions().pendingReason());
        }
        try {
            return new Evaluation(program, lists, now).of(digest.get());
        } catch (DamagedIndexException e) {
            return IntegrityReport.of(IntegrityVerdict.FAULT, String.valueOf(e.getMessage()))
                    .withCode("damaged-list");
        }
    }

    private IntegrityReport of(ProgramDigest digest) {
        for (ProgramList list : lists.revoked()) {
            Optional<String> entry = list.counts(now) ? list.find(digest) : Optional.empty();
            if (entry.isPresent()) {
                return revoked(list, entry.get());
            }
        }
        for (ProgramList list : lists.allowed()) {
            Optional<String> entry = list.find(digest);
            if (entry.isPresent() && list.counts(now)) {
                return IntegrityReport.of(IntegrityVerdict.OK, "listed: " + entry.get());
            }
            discounted = entry.isPresent() ? list : discounted;
        }
        return unlisted();
    }

    /** The reason begins with the word of the code, because a client's log shows reasons only. */
    private static IntegrityReport revoked(ProgramList list, String entry) {
        Validity validity = list.validity();
        String since = validity.hasBeginning() ? "revoked since " + validity.from() : "revoked";
        return IntegrityReport.of(IntegrityVerdict.UNEXPECTED, since + ": " + entry)
                .withCode("revoked");
    }

    private IntegrityReport unlisted() {
        if (discounted != null) {
            return IntegrityReport.of(
                    IntegrityVerdict.UNSIGNED,
                    "listed only in " + discounted.provenance().label() + ", which " + discounted.whyNot(now));
        }
        for (ProgramList list : lists.allowed()) {
            Optional<String> namesake = list.counts(now) ? list.find(program.name(), program.type()) : Optional.empty();
            if (namesake.isPresent()) {
                return IntegrityReport.of(IntegrityVerdict.UNEXPECTED, "listed digest differs: " + namesake.get());
            }
        }
        return IntegrityReport.of(IntegrityVerdict.UNSIGNED, "never listed");
    }
}
