package org.bpfgate.serve.internal.module;

import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.stack.CandidateReport;

/** Refuses the promotion of a candidate of which the comparison says too little, or something bad. */
final class CandidateRefusals {
    private CandidateRefusals() {}

    /**
     * Checks what a candidate has come to.
     *
     * @throws ControlException of kind {@link Kind#REFUSED}, with what is wrong and how to promote it all the same:
     *     <ul>
     *       <li>no load was compared, or more were skipped or failed than compared: so nobody knows what it would change
     *       <li>it would allow a load that the live stack denied
     *     </ul>
     */
    static void check(CandidateReport report, CandidateChanges.Accepted accepted) throws ControlException {
        long unknown = report.skipped() + report.failed();
        if (!accepted.untried() && (report.compared() == 0 || unknown > report.compared())) {
            throw new ControlException(
                    Kind.REFUSED,
                    untried(report)
                            + ": let it see the loads that matter first; to promote it all the same, say --accept-untried");
        }
        if (!accepted.newlyAllowed() && report.newlyAllowed() > 0) {
            throw new ControlException(
                    Kind.REFUSED,
                    "the candidate would allow " + report.newlyAllowed() + " of " + report.seen()
                            + " loads that the live stack denied: bpfgate candidate show has examples; to promote it"
                            + " all the same, say --accept-newly-allowed");
        }
    }

    private static String untried(CandidateReport report) {
        return report.seen() == 0
                ? "the candidate has seen no load since " + report.begun()
                : "of " + report.seen() + " loads that the candidate has seen, " + report.compared()
                        + " were compared, " + report.skipped() + " skipped, and " + report.failed() + " failed";
    }
}
