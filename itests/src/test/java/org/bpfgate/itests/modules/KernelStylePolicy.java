package org.bpfgate.itests.modules;

import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;

/**
 * Returns numbers, as a module of the kernel does: for a program of two instructions {@code -EPERM}, of three 0, and of more
 * a positive number, which no hook may return.
 */
record KernelStylePolicy(LsmId lsmId, Runnable call) implements BpfProgLoadHook {
    /** The length of the program that is let in. */
    private static final int ALLOWED = 3;

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        call.run();
        int value = load.program().instructions().count() - ALLOWED;
        return HookResult.ofKernelValue(value, "shorter than " + ALLOWED + " instructions");
    }
}
