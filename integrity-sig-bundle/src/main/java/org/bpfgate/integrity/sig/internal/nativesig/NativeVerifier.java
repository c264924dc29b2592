package org.bpfgate.integrity.sig.internal.nativesig;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.integrity.Coverage;
import org.bpfgate.integrity.IntegrityReport;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.integrity.sig.internal.keyring.Keyring;
import org.bpfgate.integrity.sig.internal.keyring.Trust;
import org.bpfgate.integrity.sig.internal.load.LoadCache;
import org.bpfgate.integrity.sig.internal.load.Reports;
import org.bpfgate.integrity.sig.internal.pkcs7.Content;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.ReasonCode;
import org.bpfgate.program.Instructions;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.RelocationState;

/**
 * Finds what the kernel's own check would come to, in the kernel's order: size, keyring, message. With bound maps the rule
 * of 2026 is asked first, then that of Linux 6.18, which looks at the instructions only; a load is good when one of them
 * accepts it, and the report names which.
 */
final class NativeVerifier {
    private final Trust trust;
    private final LoadCache<ContractFinding> cache;

    NativeVerifier(Trust trust, LoadCache<ContractFinding> cache) {
        this.trust = trust;
        this.cache = cache;
    }

    /**
     * Verifies.
     *
     * @return UNSIGNED without a signature; OK with the contract by which a kernel would accept the load; UNKNOWNKEY when it
     *     asks for a keyring that does not exist; BADSIG otherwise. Reasons end in the error number of the kernel
     */
    IntegrityReport verify(ProgramLoad load) {
        byte[] signature = load.signature().orElse(null);
        if (signature == null) {
            return Reports.unsigned();
        }
        if (signature.length == 0) {
            return bad(Outcome.failed(Errno.EINVAL, ReasonCode.EMPTY_SIGNATURE, "the signature has size 0"));
        }
        if (signature.length > LoadCache.MAX_SIGNATURE) {
            return bad(Outcome.failed(
                    Errno.EINVAL,
                    ReasonCode.OVERSIZE_SIGNATURE,
                    "the signature has " + signature.length + " bytes, more than " + LoadCache.MAX_SIGNATURE));
        }
        Keyring keyring = trust.keyrings().find(load.keyringId());
        if (keyring == null) {
            return Reports.unknownKeyring(load.keyringId());
        }
        Instructions instructions = load.program().instructions();
        return instructions.state() == RelocationState.COMPLETE
                ? judge(load, new ContractJudge(trust, keyring, cache, load, signature))
                : Reports.unknownInstructions(instructions);
    }

    private static IntegrityReport judge(ProgramLoad load, ContractJudge judge) {
        Instructions instructions = load.program().instructions();
        BoundMaps maps = new BoundMaps(load.program().usedMaps());
        if (maps.isEmpty()) {
            return withoutMaps(Content.of(instructions, List.of()), judge);
        }
        ContractFinding metadata = metadata(instructions, maps, judge);
        if (metadata.outcome().isPassed()) {
            return metadata(metadata, maps.count(), maps.immutable());
        }
        ContractFinding loader = judge.judge(Contract.LOADER, Content.of(instructions, List.of()));
        return loader.outcome().isPassed()
                ? loader(loader, ", and not the bound maps, as the kernel's rule of 2026 wants")
                : bad(metadata.outcome());
    }

    /** Both rules cover the same then; they differ in the algorithms that their kernels know. */
    private static IntegrityReport withoutMaps(Content content, ContractJudge judge) {
        ContractFinding loader = judge.judge(Contract.LOADER, content);
        if (loader.outcome().errno() != Errno.ENOPKG) {
            return loader(loader, "");
        }
        ContractFinding metadata = judge.judge(Contract.METADATA, content);
        return metadata.outcome().isPassed() ? metadata(metadata, 0, 0) : bad(metadata.outcome());
    }

    private static ContractFinding metadata(Instructions instructions, BoundMaps maps, ContractJudge judge) {
        Outcome readable = maps.read(instructions);
        return readable.isPassed()
                ? judge.judge(Contract.METADATA, maps.with(instructions))
                : ContractFinding.bad(readable);
    }

    private static IntegrityReport metadata(ContractFinding finding, int maps, int immutable) {
        String reason = "signature good; covers the instructions and the contents of "
                + (maps == 1 ? "1 bound map" : maps + " bound maps")
                + Reports.mutableMaps(maps - immutable);
        return report(
                Contract.METADATA,
                finding,
                reason,
                new Coverage(Coverage.Extent.INSTRUCTIONS_AND_MAPS, maps, maps, immutable));
    }

    private static IntegrityReport loader(ContractFinding finding, String uncovered) {
        return report(
                Contract.LOADER,
                finding,
                "signature good; covers the instructions" + uncovered,
                Coverage.instructions());
    }

    private static IntegrityReport report(
            Contract contract, ContractFinding finding, String reason, Coverage coverage) {
        IntegrityReport report =
                finding.outcome().isPassed() ? verified(contract, finding, reason, coverage) : bad(finding.outcome());
        return finding.isCached() ? report.asCached() : report;
    }

    private static IntegrityReport verified(
            Contract contract, ContractFinding finding, String reason, Coverage coverage) {
        boolean immutable = coverage.mapsImmutable() == coverage.mapsMatched();
        IntegrityReport unnamed = Reports.of(
                        IntegrityVerdict.OK, immutable ? ReasonCode.VERIFIED : ReasonCode.MUTABLE_MAP, reason)
                .withContract(contract.text())
                .withCoverage(coverage);
        return finding.signers().getFirst().name(unnamed, finding.signers());
    }

    private static IntegrityReport bad(Outcome outcome) {
        Errno errno = outcome.errno();
        return Reports.bad(outcome.code(), outcome.reason() + (errno == null ? "" : "; " + errno));
    }
}
