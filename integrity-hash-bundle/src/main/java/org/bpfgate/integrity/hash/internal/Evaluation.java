package org.bpfgate.integrity.hash.internal;

import java.util.Optional;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramDigest;

/** What lists say about a program. */
final class Evaluation {
    private static final IntegrityReport NEVER_LISTED = IntegrityReport.of(IntegrityVerdict.UNSIGNED, "never listed");

    private Evaluation() {}

    /**
     * Looks a program up.
     *
     * @return {@code OK} when its digest is listed, under whatever name; {@code UNEXPECTED} when only other digests are listed for
     *     its name and type; {@code UNSIGNED} otherwise, and always when the digest cannot be known before the load
     */
    static IntegrityReport of(BpfProgram program, Allowlist lists) {
        Optional<ProgramDigest> digest = program.instructions().digest();
        if (digest.isEmpty()) {
            return withoutDigest(program);
        }
        Optional<ListEntry> entry = lists.find(digest.get());
        return entry.isPresent() ? listed(entry.get()) : unlisted(program, lists);
    }

    private static IntegrityReport withoutDigest(BpfProgram program) {
        return IntegrityReport.of(
                IntegrityVerdict.UNSIGNED,
                "never listed: its digest cannot be computed offline: "
                        + program.instructions().pendingReason());
    }

    private static IntegrityReport listed(ListEntry entry) {
        String reason = "listed: " + describe(entry) + " in list " + entry.place();
        return IntegrityReport.of(
                IntegrityVerdict.OK, entry.source() == null ? reason : reason + ", source " + entry.source());
    }

    private static IntegrityReport unlisted(BpfProgram program, Allowlist lists) {
        Optional<ListEntry> namesake = lists.find(program.name(), program.type());
        return namesake.isPresent() ? changed(namesake.get()) : NEVER_LISTED;
    }

    private static IntegrityReport changed(ListEntry entry) {
        return IntegrityReport.of(
                IntegrityVerdict.UNEXPECTED, "listed digest differs: " + describe(entry) + " in list " + entry.place());
    }

    private static String describe(ListEntry entry) {
        String name = "name " + entry.name();
        return entry.type() == null ? name : name + " type " + entry.type().label();
    }
}
