package org.bpfgate.framework.internal.dispatch;

import java.util.function.Supplier;
import org.bpfgate.hook.BpfProgFreeHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;

/** A module that decides on loads by a piece of code, and hears of their end by another. */
public record Policy(LsmId lsmId, Supplier<HookResult> decide, Runnable freed)
        implements BpfProgLoadHook, BpfProgFreeHook {
    static Policy named(String name, Supplier<HookResult> decide) {
        return new Policy(LsmId.named(name), decide, () -> {});
    }

    /** A policy that allows after it has done something. */
    static Policy doing(String name, Runnable work) {
        return named(name, () -> {
            work.run();
            return HookResult.ALLOW;
        });
    }

    public static Policy allowing(String name) {
        return named(name, () -> HookResult.ALLOW);
    }

    Policy freeing(Runnable work) {
        return new Policy(lsmId, decide, work);
    }

    @Override
    public HookResult bpfProgLoad(ProgramLoad load) {
        return decide.get();
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        freed.run();
    }
}
