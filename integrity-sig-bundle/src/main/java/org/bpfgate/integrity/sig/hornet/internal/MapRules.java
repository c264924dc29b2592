package org.bpfgate.integrity.sig.hornet.internal;

import java.util.List;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.load.internal.Reports;
import org.bpfgate.integrity.sig.pkcs7.internal.ReasonCode;
import org.bpfgate.program.UsedMap;
import org.jspecify.annotations.Nullable;

/** Completes a report on a good signature by what is known, at the load, of the maps that it speaks of. */
final class MapRules {
    private final HornetMode mode;
    private final List<SignedMap> signed;
    private final MapHashes used;

    private MapRules(HornetMode mode, List<SignedMap> signed, List<UsedMap> used) {
        this.mode = mode;
        this.signed = signed;
        this.used = new MapHashes(used);
    }

    /**
     * Applies the rules of the mode.
     *
     * @param finding what the signature says; one that is not OK is left alone
     * @param used the maps of the load
     * @return OK also in {@code compat-n} when maps are missing: there the check follows at the descriptor
     */
    static IntegrityReport complete(SignatureFinding finding, HornetMode mode, List<UsedMap> used) {
        return finding.isOk() ? new MapRules(mode, finding.maps(), used).complete(finding.report()) : finding.report();
    }

    private IntegrityReport complete(IntegrityReport good) {
        IntegrityReport fault = switch (mode) {
            case COMPAT_N -> null;
            case COMPAT_V7 -> faultByIndex();
            case STRICT -> faultByHash();
        };
        return fault == null ? covered(good) : fault.withContract(mode.contract());
    }

    private IntegrityReport covered(IntegrityReport good) {
        Coverage coverage = coverage();
        int matched = coverage.mapsMatched();
        int mutable = matched - coverage.mapsImmutable();
        String reason = "signature good; covers the instructions and " + maps()
                + (matched == coverage.mapsSigned() ? "" : ", of which " + matched + " are frozen maps of this load")
                + Reports.mutableMaps(mutable);
        IntegrityReport report = Reports.of(
                        IntegrityVerdict.OK, mutable == 0 ? ReasonCode.VERIFIED : ReasonCode.MUTABLE_MAP, reason)
                .withContract(mode.contract())
                .withCoverage(coverage);
        report = good.digestAlgorithm().isPresent()
                ? report.withSigners(good.signers(), good.digestAlgorithm().get())
                : report;
        return good.isCached() ? report.asCached() : report;
    }

    private Coverage coverage() {
        if (signed.isEmpty()) {
            return Coverage.instructions();
        }
        int matched = 0;
        int immutable = 0;
        for (SignedMap map : signed) {
            if (isMatched(map)) {
                matched++;
                immutable += isImmutable(map) ? 1 : 0;
            }
        }
        return new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, signed.size(), matched, immutable);
    }

    private boolean isMatched(SignedMap map) {
        return mode == HornetMode.COMPAT_V7 ? used.isAt(map) : used.contains(map);
    }

    private boolean isImmutable(SignedMap map) {
        return mode == HornetMode.COMPAT_V7 ? used.isImmutableAt(map) : used.areImmutable(map);
    }

    private String maps() {
        int empty = 0;
        for (SignedMap map : signed) {
            empty += map.isEmpty() ? 1 : 0;
        }
        String count = signed.isEmpty() ? "no map" : signed.size() == 1 ? "1 map" : signed.size() + " maps";
        return empty == 0 || mode == HornetMode.COMPAT_V7
                ? count
                : count + " (" + empty + " with an empty hash, which can never match)";
    }

    private @Nullable IntegrityReport faultByIndex() {
        for (SignedMap map : signed) {
            IntegrityReport fault = map.isEmpty() ? null : used.faultAt(map);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable IntegrityReport faultByHash() {
        for (SignedMap map : signed) {
            if (!used.contains(map)) {
                return Reports.of(
                        IntegrityVerdict.UNEXPECTED,
                        ReasonCode.MISSING_MAP,
                        "the signature speaks of a map with contents that no frozen map of this load has");
            }
            if (!used.areImmutable(map)) {
                return Reports.of(
                        IntegrityVerdict.FAULT,
                        ReasonCode.MUTABLE_MAP,
                        "a signed map is neither read-only for programs nor exclusive to this one, so that another"
                                + " program can change it");
            }
        }
        return used.areAllIn(signed)
                ? null
                : Reports.of(
                        IntegrityVerdict.UNEXPECTED,
                        ReasonCode.UNCOVERED_MAP,
                        "the load uses a frozen map that the signature does not speak of");
    }
}
