package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;

/**
 * What a signature says by itself, before any map is looked at.
 *
 * @param report OK when it has a readable Hornet attribute; else the final report
 * @param maps the entries of that attribute; of a malformed one those before the fault
 */
record SignatureFinding(IntegrityReport report, List<SignedMap> maps) {
    SignatureFinding {
        maps = List.copyOf(maps);
    }

    /** A finding without maps. */
    static SignatureFinding of(IntegrityReport report) {
        return new SignatureFinding(report, List.of());
    }

    boolean isOk() {
        return report.verdict() == IntegrityVerdict.OK;
    }

    /** The same, found out earlier. */
    SignatureFinding asCached() {
        return new SignatureFinding(report.asCached(), maps);
    }
}
