package org.bpfgate.integrity.sig.internal.nativesig;

import java.util.List;
import org.bpfgate.integrity.sig.internal.pkcs7.Outcome;
import org.bpfgate.integrity.sig.internal.pkcs7.TrustedSigner;

/**
 * What one contract makes of a load.
 *
 * @param outcome whether the kernel of that rule would accept it
 * @param signers who signed, in the order of the message; none unless it would
 * @param isCached whether this was found out for an earlier, equal load
 */
record ContractFinding(Outcome outcome, List<TrustedSigner> signers, boolean isCached) {
    ContractFinding {
        signers = List.copyOf(signers);
        if (outcome.isPassed() == signers.isEmpty()) {
            throw new IllegalArgumentException("signers go with a good signature, and only with one");
        }
    }

    static ContractFinding good(List<TrustedSigner> signers) {
        return new ContractFinding(Outcome.PASSED, signers, false);
    }

    static ContractFinding bad(Outcome outcome) {
        return new ContractFinding(outcome, List.of(), false);
    }

    ContractFinding asCached() {
        return new ContractFinding(outcome, signers, true);
    }
}
