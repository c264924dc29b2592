package org.bpfgate.framework.internal.dispatch;

import java.util.Collection;
import java.util.function.Consumer;
import org.bpfgate.framework.internal.call.AuditedCall;
import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.DryRunCall;
import org.bpfgate.framework.internal.call.HookCall;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.call.LiveLoadCall;
import org.bpfgate.framework.internal.call.LoadCall;
import org.bpfgate.framework.internal.call.QuiescenceWait;
import org.bpfgate.framework.internal.candidate.Candidates;
import org.bpfgate.framework.internal.log.DryRun;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.HookResult;
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
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;

/** {@code security/security.c}: the entry points, each a call of its hooks through the generation that it finds. */
public final class HookDispatcher implements SecurityHooks {
    private final HookRegistry registry;
    private final InFlight inFlight;
    private final DecisionListeners listeners;
    private final DenialAudit audit;
    private final Admission admission;
    private final ObjectLife life;
    private final Candidates candidates;

    public HookDispatcher(
            HookRegistry registry,
            InFlight inFlight,
            LiveObjects live,
            DecisionListeners listeners,
            DenialAudit audit) {
        this.registry = registry;
        this.inFlight = inFlight;
        this.listeners = listeners;
        this.audit = audit;
        admission = new Admission(registry, inFlight);
        life = new ObjectLife(admission, inFlight, live, audit);
        candidates = new Candidates(registry, new QuiescenceWait(inFlight), live, this::dryRun);
    }

    /** Returns who decides without leaving a trace. */
    public Candidates candidates() {
        return candidates;
    }

    @Override
    public LoadDecision bpfProgLoad(ProgramLoad load) {
        if (!candidates.isRunning()) {
            return decide(load);
        }
        long begun = System.nanoTime();
        LoadDecision decision = decide(load);
        candidates.decided(load, decision, System.nanoTime() - begun);
        return decision;
    }

    private LoadDecision decide(ProgramLoad load) {
        LiveLoadCall call = new LiveLoadCall(load, listeners, audit);
        BpfProgram program = load.program();
        life.create(call, program, LoadCall::run, (frees, notified) -> freeProgram(frees, program, notified));
        return call.decision();
    }

    /** Makes a call of which nobody hears, and frees its program. */
    private LoadDecision dryRun(DryRunCall call) {
        BpfProgram program = call.load().program();
        return DryRun.run(() -> {
            life.tryOut(call, program, LoadCall::run, (frees, notified) -> freeProgram(frees, program, notified));
            return call.decision();
        });
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        life.free(program, (call, notified) -> freeProgram(call, program, notified));
    }

    private static void freeProgram(HookCall call, BpfProgram program, Collection<ModuleRecord> notified) {
        call.callVoid(call.generation().bpfProgFree, hook -> hook.bpfProgFree(program), notified);
    }

    @Override
    public HookResult bpfProg(BpfProgram program) {
        return life.decideOn(
                "bpf_prog",
                program,
                call -> call.callInt(call.generation().bpfProg, (hook, owner) -> hook.bpfProg(program)));
    }

    @Override
    public HookResult bpf(BpfRequest request) {
        HookCall call = new AuditedCall("bpf", audit);
        if (!admission.admit(call)) {
            call.finish();
            return call.result();
        }
        try {
            call.callInt(call.generation().bpf, (hook, owner) -> hook.bpf(request));
            call.finish();
        } finally {
            inFlight.leave(call);
        }
        return call.result();
    }

    @Override
    public HookResult bpfMap(BpfMap map, FileMode mode) {
        return life.decideOn(
                "bpf_map",
                map,
                call -> call.callInt(call.generation().bpfMap, (hook, owner) -> hook.bpfMap(map, mode)));
    }

    @Override
    public HookResult bpfMapCreate(MapCreation creation) {
        HookCall call = new AuditedCall("bpf_map_create", audit);
        life.create(
                call,
                creation.map(),
                w -> w.callInt(w.generation().bpfMapCreate, (hook, owner) -> hook.bpfMapCreate(creation)),
                (frees, notified) -> freeMap(frees, creation.map(), notified));
        return call.result();
    }

    @Override
    public void bpfMapFree(BpfMap map) {
        life.free(map, (call, notified) -> freeMap(call, map, notified));
    }

    private static void freeMap(HookCall call, BpfMap map, Collection<ModuleRecord> notified) {
        call.callVoid(call.generation().bpfMapFree, hook -> hook.bpfMapFree(map), notified);
    }

    @Override
    public HookResult bpfTokenCreate(TokenCreation creation) {
        HookCall call = new AuditedCall("bpf_token_create", audit);
        life.create(
                call,
                creation.token(),
                w -> w.callInt(w.generation().bpfTokenCreate, (hook, owner) -> hook.bpfTokenCreate(creation)),
                (frees, notified) -> freeToken(frees, creation.token(), notified));
        return call.result();
    }

    @Override
    public void bpfTokenFree(BpfToken token) {
        life.free(token, (call, notified) -> freeToken(call, token, notified));
    }

    private static void freeToken(HookCall call, BpfToken token, Collection<ModuleRecord> notified) {
        call.callVoid(call.generation().bpfTokenFree, hook -> hook.bpfTokenFree(token), notified);
    }

    @Override
    public HookResult bpfTokenCmd(BpfToken token, BpfCommand command) {
        return life.decideOn(
                "bpf_token_cmd",
                token,
                call -> call.callInt(call.generation().bpfTokenCmd, (hook, owner) -> hook.bpfTokenCmd(token, command)));
    }

    @Override
    public HookResult bpfTokenCapable(BpfToken token, int capability) {
        return life.decideOn(
                "bpf_token_capable",
                token,
                call -> call.callInt(
                        call.generation().bpfTokenCapable, (hook, owner) -> hook.bpfTokenCapable(token, capability)));
    }

    @Override
    public void answering(Consumer<HookResult> lateAnswer, Runnable work) {
        inFlight.answering(lateAnswer, work);
    }

    @Override
    public boolean isHooked(Class<? extends SecurityModule> hook) {
        return registry.current().isHooked(hook);
    }

    @Override
    public ModuleStack stack() {
        return registry.current().stack;
    }
}
