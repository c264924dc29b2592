package org.bpfgate.framework.internal.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.bpfgate.engine.BlobAccess;
import org.bpfgate.framework.internal.call.AuditedCall;
import org.bpfgate.framework.internal.call.DenialAudit;
import org.bpfgate.framework.internal.call.HookCall;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.stack.LiveObjects;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.program.BlobType;
import org.bpfgate.program.SecurityObject;
import org.jspecify.annotations.Nullable;

/** The life of an object, as the modules see it: its blobs, the decisions on it, and its end, which they hear of once. */
final class ObjectLife {
    private static final HookResult NO_MEMORY =
            HookResult.deny(Errno.ENOMEM, "a module's state for the object cannot be made");

    private final Admission admission;
    private final InFlight inFlight;
    private final LiveObjects live;
    private final DenialAudit audit;

    ObjectLife(Admission admission, InFlight inFlight, LiveObjects live, DenialAudit audit) {
        this.admission = admission;
        this.inFlight = inFlight;
        this.live = live;
        this.audit = audit;
    }

    /** The birth of an object: blobs, callbacks, and the frees of those who saw it when it is refused. */
    <W extends HookCall> void create(W call, SecurityObject object, Consumer<W> callbacks, Frees frees) {
        if (!admission.admit(call)) {
            call.finish();
            return;
        }
        try {
            if (cover(call, object)) {
                callbacks.accept(call);
            }
            call.finish();
            if (!call.result().isAllow()) {
                free(call, object, frees);
            }
        } finally {
            inFlight.leave(call);
        }
    }

    /** The birth of an object that is only tried: the modules hear of its end whatever the result is. */
    <W extends HookCall> void tryOut(W call, SecurityObject object, Consumer<W> callbacks, Frees frees) {
        if (!admission.admitNow(call)) {
            call.finish();
            return;
        }
        try {
            if (cover(call, object)) {
                callbacks.accept(call);
            }
            call.finish();
            free(call, object, frees);
        } finally {
            inFlight.leave(call);
        }
    }

    /** A decision on an object that is there already; one from before this gate gets its blobs now. */
    HookResult decideOn(String hook, SecurityObject object, Consumer<HookCall> callbacks) {
        HookCall call = new AuditedCall(hook, audit);
        if (!admission.admit(call)) {
            call.finish();
            return call.result();
        }
        try {
            if (cover(call, object)) {
                callbacks.accept(call);
            }
            call.finish();
        } finally {
            inFlight.leave(call);
        }
        return call.result();
    }

    private boolean cover(HookCall call, SecurityObject object) {
        List<BlobType<?>> types = LiveObjects.blobs(call.generation(), object);
        if (blobs().cover(object, types)) {
            live.add(object, types);
            return true;
        }
        call.settle(null, NO_MEMORY);
        return false;
    }

    /** The free callbacks of one kind of object, but for the modules that were notified already. */
    interface Frees {
        void run(HookCall call, Collection<ModuleRecord> notified);
    }

    /** The end of an object that no call refused, once. */
    void free(SecurityObject object, Frees frees) {
        free(null, object, frees);
    }

    /**
     * The end of an object, once. Within a call that refused it, the same modules hear of it that heard of the object; unless
     * that call may call nobody any more.
     */
    private void free(@Nullable HookCall refused, SecurityObject object, Frees frees) {
        BlobAccess<SecurityObject, BlobType<?>> blobs = blobs();
        if (blobs.beginFree(object)) {
            try {
                callFrees(refused, object, frees, new ArrayList<>());
            } finally {
                blobs.drop(object);
                live.remove(object);
            }
        }
    }

    /** When a module hangs in its callback, the others hear of the end in a call of its own: what they keep must not leak. */
    private void callFrees(
            @Nullable HookCall around, SecurityObject object, Frees frees, Collection<ModuleRecord> notified) {
        HookCall call = around == null ? new HookCall() : around.newFrees();
        if (around == null) {
            inFlight.enter(call);
        } else {
            inFlight.enterWithin(around, call);
        }
        try {
            // For a module that came since; when it cannot have a blob its callback fails, and the others go on.
            blobs().cover(object, LiveObjects.blobs(call.generation(), object));
            frees.run(call, notified);
            call.finish();
            if (call.mayNotGoOn()) {
                callFrees(call, object, frees, notified);
            }
        } finally {
            inFlight.leave(call);
        }
    }

    /** There is an object when somebody asks, so there is a key. */
    private static BlobAccess<SecurityObject, BlobType<?>> blobs() {
        return BlobAccess.get();
    }
}
