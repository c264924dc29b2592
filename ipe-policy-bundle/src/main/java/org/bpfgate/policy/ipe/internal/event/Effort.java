package org.bpfgate.policy.ipe.internal.event;

import org.bpfgate.integrity.IntegrityVerdict;

/** What has to be done until a property of a load holds. Ascending. */
public enum Effort {
    /** Something is there that falls short: a signature that is not good, an entry of a list for another digest. */
    CORRECT(0),

    /** There is nothing yet: no signature, no entry. */
    NEW(1),

    /** More than the program has to change: its verifier does not report, its list is damaged, or its digest is revoked. */
    ELSEWHERE(2);

    private final int weight;

    Effort(int weight) {
        this.weight = weight;
    }

    /** Returns a number to add up, larger for more. */
    public int weight() {
        return weight;
    }

    /** Returns what has to be done until a verifier says something else than this verdict. */
    static Effort of(IntegrityVerdict verdict, boolean isRevoked) {
        if (isRevoked) {
            return ELSEWHERE;
        }
        return switch (verdict) {
            case UNSIGNED -> NEW;
            case NONE, FAULT -> ELSEWHERE;
            default -> CORRECT;
        };
    }
}
