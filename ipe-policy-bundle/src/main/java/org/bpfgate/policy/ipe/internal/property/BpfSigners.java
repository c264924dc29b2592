package org.bpfgate.policy.ipe.internal.property;

import java.util.HashSet;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;

/**
 * {@code bpf_signers}: verifiers vouch for signatures by the owners of at least so many different certificates.
 *
 * @param number how many
 */
public record BpfSigners(int number) implements Property {
    /** As many as a message may have in this gate. */
    public static final int MAX = 64;

    /** Refuses numbers below 1. */
    public BpfSigners {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("a number of signers is 1 to 64, not " + number);
        }
    }

    /** Two verifiers that vouch for the same signer count once. */
    @Override
    public boolean holds(EvaluationContext event) {
        return count(event) >= number;
    }

    /** Returns how many different certificates signed. */
    public static int count(EvaluationContext event) {
        if (event.signer(0) == null) {
            return 0;
        }
        Set<String> different = new HashSet<>();
        int n = 0;
        for (String signer = event.signer(n); signer != null; signer = event.signer(++n)) {
            different.add(signer);
        }
        return different.size();
    }

    @Override
    public String toString() {
        return "bpf_signers=" + number;
    }
}
