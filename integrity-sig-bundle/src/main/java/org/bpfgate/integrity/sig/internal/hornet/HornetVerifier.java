package org.bpfgate.integrity.sig.internal.hornet;

import java.util.List;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.LoadCache;
import org.bpfgate.integrity.sig.internal.load.LoadKey;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.RelocationState;

/** Finds the verdict on one load, and what is left to check when its descriptor is handed out. */
final class HornetVerifier {
    private final Trust trust;
    private final HornetMode mode;
    private final LoadCache<SignatureFinding> cache;

    /**
     * A verifier for one load.
     *
     * @param trust whom to trust
     * @param mode by which rules
     * @param cache what was found out before
     */
    HornetVerifier(Trust trust, HornetMode mode, LoadCache<SignatureFinding> cache) {
        this.trust = trust;
        this.mode = mode;
        this.cache = cache;
    }

    /**
     * Verifies.
     *
     * @param load the load
     * @param blob gets the signed maps
     * @return UNSIGNED without a signature; OK for a good one with the Hornet attribute, whether or not the attribute names
     *     maps; PARTIALSIG for a good one without; UNKNOWNKEY when the load asks for a keyring that does not exist; FAULT
     *     and UNEXPECTED, but not in {@code compat-n}, for maps that cannot be compared or differ; BADSIG for everything
     *     else, an untrusted signer included
     */
    IntegrityReport verify(ProgramLoad load, SignedMapsBlob blob) {
        byte[] signature = load.signature().orElse(null);
        if (signature == null) {
            return Reports.unsigned();
        }
        if (signature.length == 0) {
            return Reports.bad(ReasonCode.EMPTY_SIGNATURE, "the signature has size 0");
        }
        if (mode == HornetMode.STRICT && signature.length > LoadCache.MAX_SIGNATURE) {
            return Reports.bad(
                    ReasonCode.OVERSIZE_SIGNATURE,
                    "the signature has " + signature.length + " bytes, more than " + LoadCache.MAX_SIGNATURE);
        }
        Instructions instructions = load.program().instructions();
        if (instructions.state() != RelocationState.COMPLETE) {
            return Reports.unknownInstructions(instructions);
        }
        return best(findings(signature, instructions, load.keyringId()), load, blob);
    }

    /** One good statement is enough: OK before PARTIALSIG before all else, and of two alike the first. */
    private IntegrityReport best(List<SignatureFinding> findings, ProgramLoad load, SignedMapsBlob blob) {
        SignatureFinding best = findings.getFirst();
        IntegrityReport report = MapRules.complete(best, mode, load.program());
        for (SignatureFinding other : findings.subList(1, findings.size())) {
            IntegrityReport completed = MapRules.complete(other, mode, load.program());
            if (worth(completed) > worth(report)) {
                best = other;
                report = completed;
            }
        }
        blob.set(best.maps(), mode);
        return report;
    }

    private static int worth(IntegrityReport report) {
        return switch (report.verdict()) {
            case OK -> 2;
            case PARTIALSIG -> 1;
            default -> 0;
        };
    }

    /** Mode strict looks at the clock, so that what it finds is not kept. */
    private List<SignatureFinding> findings(byte[] signature, Instructions instructions, int keyringId) {
        Content content = Content.of(instructions, List.of());
        SignatureJudge judge = new SignatureJudge(trust, mode);
        if (mode == HornetMode.STRICT) {
            return judge.judge(signature, content, instructions, keyringId);
        }
        LoadKey key = new LoadKey(mode.text(), content, signature, keyringId);
        SignatureFinding known = cache.find(key, trust.generation());
        if (known != null) {
            return List.of(known.asCached());
        }
        List<SignatureFinding> found = judge.judge(signature, content, instructions, keyringId);
        cache.keep(key, trust.generation(), found.getFirst());
        return found;
    }
}
