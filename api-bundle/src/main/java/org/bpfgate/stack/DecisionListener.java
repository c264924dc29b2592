package org.bpfgate.stack;

import org.bpfgate.program.ProgramLoad;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of every decision on a load, exactly once per load; what an audit log is fed by. A bundle registers it as a service.
 *
 * <p>Called on the deciding thread, or on the framework's own when time was up, after the decision is final. It must
 * return at once: whoever writes does so on a thread of its own. What it throws is logged and changes nothing.
 */
@ConsumerType
public interface DecisionListener {
    /**
     * Takes a decision.
     *
     * @param load what was asked
     * @param decision what was decided
     */
    void decided(ProgramLoad load, LoadDecision decision);
}
