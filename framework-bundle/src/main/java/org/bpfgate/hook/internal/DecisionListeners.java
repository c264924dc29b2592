package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bpfgate.hook.DecisionListener;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.program.ProgramLoad;

/** Those who want to hear of decisions. A broken one spoils nothing. */
final class DecisionListeners {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private final CopyOnWriteArrayList<DecisionListener> listeners = new CopyOnWriteArrayList<>();

    void add(DecisionListener listener) {
        listeners.add(listener);
    }

    void remove(DecisionListener listener) {
        listeners.remove(listener);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void decided(ProgramLoad load, LoadDecision decision) {
        for (DecisionListener listener : listeners) {
            try {
                listener.decided(load, decision);
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "a decision listener failed", e);
            }
        }
    }
}
