package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.BpfProgram;
import org.jspecify.annotations.Nullable;

/** Completes a report on a good signature by what is known, at the load, of the maps that it speaks of. */
final class MapRules {
    private final HornetMode mode;
    private final List<SignedMap> signed;
    private final MapHashes used;

    /** How many maps the instructions may read in the place of a signed one. */
    private final int unsigned;

    private MapRules(HornetMode mode, List<SignedMap> signed, BpfProgram program) {
        this.mode = mode;
        this.signed = signed;
        used = new MapHashes(program.usedMaps());
        unsigned = unsigned(mode, signed, program, used);
    }

    /**
     * Counts the maps that may stand in the place of a signed one. The newest schema signs hashes without places, so any map of the
     * load may; version 7 signs the place too. Instructions that refer to no map read none.
     */
    static int unsigned(HornetMode mode, List<SignedMap> signed, BpfProgram program, MapHashes used) {
        boolean anyPlace = mode != HornetMode.COMPAT_V7 && !signed.isEmpty();
        return anyPlace && program.instructions().refersToMaps() ? used.unsigned(signed) : 0;
    }

    /**
     * Applies the rules of the mode.
     *
     * @param finding what the signature says; one that is not OK is left alone
     * @param program the program of the load
     * @return OK also in {@code compat-n} when maps are missing: there the check follows at the descriptor
     */
    static IntegrityReport complete(SignatureFinding finding, HornetMode mode, BpfProgram program) {
        return finding.isOk()
                ? new MapRules(mode, finding.maps(), program).complete(finding.report())
                : finding.report();
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
                + Reports.mutableMaps(mutable)
                + unsignedMaps();
        IntegrityReport report = Reports.of(IntegrityVerdict.OK, code(mutable), reason)
                .withContract(mode.contract())
                .withCoverage(coverage);
        report = good.digestAlgorithm().isPresent()
                ? report.withSigners(good.signers(), good.digestAlgorithm().get())
                : report;
        return good.isCached() ? report.asCached() : report;
    }

    private ReasonCode code(int mutable) {
        if (unsigned > 0) {
            return ReasonCode.UNCOVERED_MAP;
        }
        return mutable > 0 ? ReasonCode.MUTABLE_MAP : ReasonCode.VERIFIED;
    }

    private String unsignedMaps() {
        return unsigned == 0
                ? ""
                : "; the load has " + (unsigned == 1 ? "1 map" : unsigned + " maps")
                        + " of which the signature does not speak, and which the program may read in the place of a"
                        + " signed one";
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
        return new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, signed.size(), matched, immutable, unsigned);
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
        return used.areAllIn(signed) && unsigned == 0
                ? null
                : Reports.of(
                        IntegrityVerdict.UNEXPECTED,
                        ReasonCode.UNCOVERED_MAP,
                        "the load uses a map that the signature does not speak of, which the program may read in the"
                                + " place of a signed one");
    }
}
