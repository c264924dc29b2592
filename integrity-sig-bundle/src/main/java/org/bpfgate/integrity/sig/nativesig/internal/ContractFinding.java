package org.bpfgate.integrity.sig.nativesig.internal;

import java.util.Objects;
import org.bpfgate.integrity.sig.pkcs7.internal.Outcome;
import org.bpfgate.integrity.sig.pkcs7.internal.TrustedSigner;
import org.jspecify.annotations.Nullable;

/**
 * What one contract makes of a load.
 *
 * @param outcome whether the kernel of that rule would accept it
 * @param signer who signed; null unless it would
 * @param isCached whether this was found out for an earlier, equal load
 */
record ContractFinding(Outcome outcome, @Nullable TrustedSigner signer, boolean isCached) {
    ContractFinding {
        if (outcome.isPassed() != (signer != null)) {
            throw new IllegalArgumentException("a signer goes with a good signature, and only with one");
        }
    }

    static ContractFinding good(TrustedSigner signer) {
        return new ContractFinding(Outcome.PASSED, Objects.requireNonNull(signer), false);
    }

    static ContractFinding bad(Outcome outcome) {
        return new ContractFinding(outcome, null, false);
    }

    ContractFinding asCached() {
        return new ContractFinding(outcome, signer, true);
    }
}
