package org.bpfgate.command.internal.run;

import org.bpfgate.command.internal.context.Console;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.mediation.MediationRecord;
import org.bpfgate.mediation.RefusedCall;

/**
 * Says that processes outlive the command, and what becomes of their loads.
 *
 * @param command the first word of the command
 * @param listener hears of all that is mediated
 * @param console where it is said
 */
record DescendantNotice(String command, MediationListener listener, Console console) implements MediationListener {
    @Override
    public void mediated(MediationRecord mediated) {
        listener.mediated(mediated);
    }

    @Override
    public void refused(RefusedCall refused) {
        listener.refused(refused);
    }

    @Override
    public boolean wantsVerifierLog() {
        return listener.wantsVerifierLog();
    }

    @Override
    public boolean wantsClient() {
        return listener.wantsClient();
    }

    @Override
    public void descendantsRemain(boolean areAwaited) {
        console.error(
                areAwaited
                        ? command + " has ended; the gate goes on until the processes that it started have ended"
                        : "processes that " + command + " started still run; from now on the kernel refuses their loads"
                                + " with ENOSYS (--wait-descendants keeps the gate until they end)");
    }
}
