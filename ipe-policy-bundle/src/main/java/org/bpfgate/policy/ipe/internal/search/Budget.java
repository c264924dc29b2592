package org.bpfgate.policy.ipe.internal.search;

/** Bounds a search whose worst case grows exponentially with the rules. For one thread at a time. */
public final class Budget {
    /**
     * So many looks at a rule: some ten seconds, and 26 s on a virtual machine of 2026. Policies of 100,000 rules for single values need
     * fewer, some of them more than half.
     */
    public static final int USUAL = 2_000_000;

    /** So deep may the cases of a search be nested, which is also the depth of the calls. */
    private static final int MAX_DEPTH = 1000;

    private int left;

    public Budget(int looks) {
        left = looks;
    }

    /** Takes one look; returns false when there are none left. */
    boolean take() {
        return take(1);
    }

    /** Takes some looks; returns false when there are none left. */
    boolean take(int looks) {
        left = Math.max(0, left - looks);
        return left > 0;
    }

    /** Ends the search when its cases are nested too deeply. */
    void enter(int depth) {
        if (depth > MAX_DEPTH) {
            left = 0;
        }
    }

    /** Returns whether the search had to end early: what it did not find may exist. */
    public boolean isSpent() {
        return left == 0;
    }
}
