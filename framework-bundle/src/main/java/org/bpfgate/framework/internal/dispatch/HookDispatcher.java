package org.bpfgate.framework.internal.dispatch;

import org.bpfgate.framework.internal.call.AuditedCall;
import org.bpfgate.framework.internal.call.DecisionListeners;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.HookCall;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.call.LoadCall;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.bpfgate.engine.BlobAccess;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.BpfCommand;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.BpfToken;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.SecurityObject;
import org.bpfgate.program.TokenCreation;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.jspecify.annotations.Nullable;

/** {@code security/security.c}: the entry points, each a walk of its hooks through the generation that it finds. */
public final class HookDispatcher implements SecurityHooks {
    private static final HookResult NO_MEMORY =
            HookResult.deny(Errno.ENOMEM, "a module's state for the object cannot be made");

    private final HookRegistry registry;
    private final InFlight inFlight;
    private final LiveObjects live;
    private final DecisionListeners listeners;
    private final DenialAudit audit;
    private final Admission admission;

    public HookDispatcher(
            HookRegistry registry,
            InFlight inFlight,
            LiveObjects live,
            DecisionListeners listeners,
            DenialAudit audit) {
        this.registry = registry;
        this.inFlight = inFlight;
        this.live = live;
        this.listeners = listeners;
        this.audit = audit;
        admission = new Admission(registry, inFlight);
    }

    @Override
    public LoadDecision bpfProgLoad(ProgramLoad load) {
        LoadCall walk = new LoadCall(load, listeners, audit);
        BpfProgram program = load.program();
        create(walk, program, LoadCall::run, (frees, told) -> freeProgram(frees, program, told));
        return walk.decision();
    }

    @Override
    public void bpfProgFree(BpfProgram program) {
        free(null, program, (walk, told) -> freeProgram(walk, program, told));
    }

    private static void freeProgram(HookCall walk, BpfProgram program, Collection<ModuleRecord> told) {
        walk.callVoid(walk.generation().bpfProgFree, hook -> hook.bpfProgFree(program), told);
    }

    @Override
    public HookResult bpfProg(BpfProgram program) {
        return decideOn(
                "bpf_prog",
                program,
                walk -> walk.callInt(walk.generation().bpfProg, (hook, owner) -> hook.bpfProg(program)));
    }

    @Override
    public HookResult bpf(BpfRequest request) {
        HookCall walk = new AuditedCall("bpf", audit);
        if (!admission.admit(walk)) {
            walk.finish();
            return walk.result();
        }
        try {
            walk.callInt(walk.generation().bpf, (hook, owner) -> hook.bpf(request));
            walk.finish();
        } finally {
            inFlight.leave(walk);
        }
        return walk.result();
    }

    @Override
    public HookResult bpfMap(BpfMap map, FileMode mode) {
        return decideOn(
                "bpf_map",
                map,
                walk -> walk.callInt(walk.generation().bpfMap, (hook, owner) -> hook.bpfMap(map, mode)));
    }

    @Override
    public HookResult bpfMapCreate(MapCreation creation) {
        HookCall walk = new AuditedCall("bpf_map_create", audit);
        create(
                walk,
                creation.map(),
                w -> w.callInt(w.generation().bpfMapCreate, (hook, owner) -> hook.bpfMapCreate(creation)),
                (frees, told) -> freeMap(frees, creation.map(), told));
        return walk.result();
    }

    @Override
    public void bpfMapFree(BpfMap map) {
        free(null, map, (walk, told) -> freeMap(walk, map, told));
    }

    private static void freeMap(HookCall walk, BpfMap map, Collection<ModuleRecord> told) {
        walk.callVoid(walk.generation().bpfMapFree, hook -> hook.bpfMapFree(map), told);
    }

    @Override
    public HookResult bpfTokenCreate(TokenCreation creation) {
        HookCall walk = new AuditedCall("bpf_token_create", audit);
        create(
                walk,
                creation.token(),
                w -> w.callInt(w.generation().bpfTokenCreate, (hook, owner) -> hook.bpfTokenCreate(creation)),
                (frees, told) -> freeToken(frees, creation.token(), told));
        return walk.result();
    }

    @Override
    public void bpfTokenFree(BpfToken token) {
        free(null, token, (walk, told) -> freeToken(walk, token, told));
    }

    private static void freeToken(HookCall walk, BpfToken token, Collection<ModuleRecord> told) {
        walk.callVoid(walk.generation().bpfTokenFree, hook -> hook.bpfTokenFree(token), told);
    }

    @Override
    public HookResult bpfTokenCmd(BpfToken token, BpfCommand command) {
        return decideOn(
                "bpf_token_cmd",
                token,
                walk -> walk.callInt(walk.generation().bpfTokenCmd, (hook, owner) -> hook.bpfTokenCmd(token, command)));
    }

    @Override
    public HookResult bpfTokenCapable(BpfToken token, int capability) {
        return decideOn(
                "bpf_token_capable",
                token,
                walk -> walk.callInt(
                        walk.generation().bpfTokenCapable, (hook, owner) -> hook.bpfTokenCapable(token, capability)));
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

    /** The birth of an object: blobs, callbacks, and the frees of those who saw it when it is refused. */
    private <W extends HookCall> void create(W walk, SecurityObject object, Consumer<W> callbacks, Frees frees) {
        if (!admission.admit(walk)) {
            walk.finish();
            return;
        }
        try {
            if (cover(walk, object)) {
                callbacks.accept(walk);
            }
            walk.finish();
            if (!walk.result().isAllow()) {
                free(walk, object, frees);
            }
        } finally {
            inFlight.leave(walk);
        }
    }

    /** A decision on an object that is there already; one from before this gate gets its blobs now. */
    private HookResult decideOn(String hook, SecurityObject object, Consumer<HookCall> callbacks) {
        HookCall walk = new AuditedCall(hook, audit);
        if (!admission.admit(walk)) {
            walk.finish();
            return walk.result();
        }
        try {
            if (cover(walk, object)) {
                callbacks.accept(walk);
            }
            walk.finish();
        } finally {
            inFlight.leave(walk);
        }
        return walk.result();
    }

    private boolean cover(HookCall walk, SecurityObject object) {
        List<BlobType<?>> types = LiveObjects.blobs(walk.generation(), object);
        if (BlobAccess.get().cover(object, types)) {
            live.add(object, types);
            return true;
        }
        walk.settle(null, NO_MEMORY);
        return false;
    }

    /** The free callbacks of one kind of object, but for the modules that were told already. */
    private interface Frees {
        void run(HookCall walk, Collection<ModuleRecord> told);
    }

    /**
     * The end of an object, once. Within a walk that refused it, the same modules hear of it that heard of the object; unless
     * that walk may call nobody any more.
     */
    private void free(@Nullable HookCall refused, SecurityObject object, Frees frees) {
        BlobAccess blobs = BlobAccess.get();
        if (blobs.beginFree(object)) {
            try {
                callFrees(refused, object, frees, new ArrayList<>());
            } finally {
                blobs.drop(object);
                live.remove(object);
            }
        }
    }

    /** When a module hangs in its callback, the others hear of the end in a walk of its own: what they keep must not leak. */
    private void callFrees(
            @Nullable HookCall around, SecurityObject object, Frees frees, Collection<ModuleRecord> told) {
        HookCall walk = new HookCall();
        if (around == null) {
            inFlight.enter(walk);
        } else {
            inFlight.enterWithin(around, walk);
        }
        try {
            // For a module that came since; when it cannot have a blob its callback fails, and the others go on.
            BlobAccess.get().cover(object, LiveObjects.blobs(walk.generation(), object));
            frees.run(walk, told);
            walk.finish();
            if (walk.isBarred()) {
                callFrees(walk, object, frees, told);
            }
        } finally {
            inFlight.leave(walk);
        }
    }
}
