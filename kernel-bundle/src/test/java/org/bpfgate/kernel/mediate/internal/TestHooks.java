package org.bpfgate.kernel.mediate.internal;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LoadDecision;
import org.bpfgate.hook.ModuleStack;
import org.bpfgate.hook.SecurityHooks;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TokenCreation;

/** A stack of one module that decides on loads as a function says, and allows everything else; tests override the rest. */
class TestHooks implements SecurityHooks {
    private final Function<ProgramLoad, HookResult> loads;

    TestHooks(Function<ProgramLoad, HookResult> loads) {
        this.loads = loads;
    }

    @Override
    public LoadDecision bpfProgLoad(ProgramLoad load) {
        return new LoadDecision(stack(), List.of(), loads.apply(load), null);
    }

    @Override
    public ModuleStack stack() {
        return new ModuleStack(1, List.of(), List.of());
    }

    @Override
    public boolean isHooked(Class<? extends SecurityModule> hook) {
        return false;
    }

    @Override
    public void answering(Consumer<HookResult> lateAnswer, Runnable work) {
        work.run();
    }

    @Override
    public void bpfProgFree(BpfProgram program) {}

    @Override
    public HookResult bpfProg(BpfProgram program) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpf(BpfRequest request) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfMap(BpfMap map, FileMode mode) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfMapCreate(MapCreation creation) {
        return HookResult.ALLOW;
    }

    @Override
    public void bpfMapFree(BpfMap map) {}

    @Override
    public HookResult bpfTokenCreate(TokenCreation creation) {
        return HookResult.ALLOW;
    }

    @Override
    public void bpfTokenFree(BpfToken token) {}

    @Override
    public HookResult bpfTokenCmd(BpfToken token, BpfCommand command) {
        return HookResult.ALLOW;
    }

    @Override
    public HookResult bpfTokenCapable(BpfToken token, int capability) {
        return HookResult.ALLOW;
    }
}
