package org.bpfgate.benchmarks.module;

import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;

/** Allows every load at once. Safe for use by several threads. */
public final class NoOpModule implements BpfProgLoadHook {
    private final LsmId id;

    NoOpModule(LsmId id) {
        this.id = id;
    }

    @Override
    public LsmId lsmId() {
        return id;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        return HookResult.ALLOW;
    }
}
