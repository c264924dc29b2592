package org.bpfgate.framework.internal.call;

import org.bpfgate.program.ProgramLoad;

/** The way of a load that nobody asks for: neither records nor listeners hear of the decision, and no module's health changes. */
public non-sealed class DryRunCall extends LoadCall {
    /**
     * Makes the call.
     *
     * @param load a load whose program no hook has seen
     */
    public DryRunCall(ProgramLoad load) {
        super(load);
    }

    @Override
    public final boolean isDryRun() {
        return true;
    }

    @Override
    public final HookCall newFrees() {
        return new Frees();
    }

    /** The end of the program of a dry run. */
    private static final class Frees extends HookCall {
        @Override
        public boolean isDryRun() {
            return true;
        }
    }
}
