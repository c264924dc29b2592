package org.bpfgate.stack;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A stack beside the live one. It decides on each load after the live stack has, on a thread of its own, and its decisions are compared and
 * dropped: no client, record, listener or module hears of them. It ends with the next change of the live stack, which it was a change
 * of. Safe for use by several threads.
 */
@ProviderType
public interface CandidateStack {
    /** Returns what it has come to. Also after its end. */
    CandidateReport report();

    /**
     * Waits until every load that the live stack has decided on before this call is compared, or skipped, or the candidate has ended.
     *
     * @param longestMillis how long to wait at most
     * @return false when that was not long enough
     */
    boolean await(long longestMillis) throws InterruptedException;

    /**
     * Makes it the live stack, in one generation, and ends the comparison. Modules that were replaced stay registered and started, out of
     * the stack, until {@link #settle} or {@link #revert}.
     *
     * @throws IllegalStateException when it has ended, or would decide nothing because a required module is not in it
     */
    void promote();

    /** Undoes a promotion in one generation. Without effect when there was none. The candidate has ended. */
    void revert();

    /**
     * Completes a promotion: in one generation the modules whose instances the candidate replaced return with what they have been told
     * meanwhile; bundles that it does without or replaced are stopped, when no load uses them any more.
     */
    void settle();

    /**
     * Ends it. Returns when none of its modules is in use any more; bundles that were started for it are stopped then. Without effect
     * when it has ended.
     *
     * @param reason for {@link CandidateReport#ended()}
     */
    void drop(String reason);
}
