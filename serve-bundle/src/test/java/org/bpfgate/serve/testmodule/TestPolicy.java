package org.bpfgate.serve.testmodule;

import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.ProgramLoad;

/** A policy that denies every load. */
final class TestPolicy implements BpfProgLoadHook {
    private final LsmId id;

    TestPolicy(String name, boolean isFaulty) {
        if (isFaulty) {
            throw new IllegalStateException("this module cannot be made");
        }
        id = LsmId.named(name);
    }

    @Override
    public LsmId lsmId() {
        return id;
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        return HookResult.deny(Errno.EACCES, "denied by " + id);
    }
}
