package org.bpfgate.command.internal;

import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;

/** Counts what became of the loads of a command. Safe for use by several threads. */
final class LoadCount implements MediationListener {
    private int allowed;
    private int denied;
    private int unread;

    @Override
    public synchronized void mediated(MediationRecord mediated) {
        if (mediated.isDenied()) {
            denied++;
        } else if (mediated.decision().isPresent()) {
            allowed++;
        } else {
            unread++;
        }
    }

    /** Returns whether there was any. */
    synchronized boolean any() {
        return allowed + denied + unread > 0;
    }

    /** One line for people. */
    @Override
    public synchronized String toString() {
        String more = unread == 0 ? "" : ", " + unread + " not to be read";
        return "loads: " + allowed + " allowed, " + denied + " denied" + more;
    }
}
