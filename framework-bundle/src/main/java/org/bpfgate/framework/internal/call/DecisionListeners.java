package org.bpfgate.framework.internal.call;

import java.lang.System.Logger;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.framework.internal.log.FaultLog;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.DecisionListener;
import org.bpfgate.stack.LoadDecision;

/** Those who want to hear of decisions. A broken one spoils nothing. */
public final class DecisionListeners {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /** A listener and its log, so that one that fails at every decision does not fill it. */
    private record Heard(DecisionListener listener, FaultLog faults) {}

    private final CopyOnWriteArrayList<Heard> listeners = new CopyOnWriteArrayList<>();

    public void add(DecisionListener listener) {
        listeners.add(new Heard(listener, new FaultLog(LOG)));
    }

    public void remove(DecisionListener listener) {
        listeners.removeIf(heard -> heard.listener().equals(listener));
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void decided(ProgramLoad load, LoadDecision decision) {
        for (Heard heard : listeners) {
            try {
                heard.listener().decided(load, decision);
            } catch (Throwable e) {
                heard.faults().fault("a decision listener failed: " + e, e);
            }
        }
    }
}
