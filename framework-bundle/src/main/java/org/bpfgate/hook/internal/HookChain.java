package org.bpfgate.hook.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one hook: an immutable array in LSM order, as {@code call_int_hook} and {@code call_void_hook} walk it.
 *
 * @param <H> the hook interface
 */
final class HookChain<H> {
    private final LsmId[] owners;
    private final List<H> slots;

    private HookChain(LsmId[] owners, List<H> slots) {
        this.owners = owners;
        this.slots = slots;
    }

    /** Keeps those of the ordered modules that implement the hook. */
    static <H> HookChain<H> of(Class<H> hook, List<RegisteredModule> ordered) {
        List<LsmId> owners = new ArrayList<>();
        List<H> slots = new ArrayList<>();
        for (RegisteredModule registered : ordered) {
            if (hook.isInstance(registered.module())) {
                owners.add(registered.lsm());
                slots.add(hook.cast(registered.module()));
            }
        }
        return new HookChain<>(owners.toArray(LsmId[]::new), List.copyOf(slots));
    }

    /** Calls one module's int hook; a module may return null against its contract. */
    @FunctionalInterface
    interface IntCall<H> {
        @Nullable
        HookResult call(H hook, LsmId owner);
    }

    /** Calls one module's void hook. */
    @FunctionalInterface
    interface VoidCall<H> {
        void call(H hook);
    }

    /** Takes what each slot of an int hook returned, in order. */
    @FunctionalInterface
    interface Outcome {
        void take(LsmId owner, HookResult result);
    }

    /**
     * Walks an int hook: the first denial ends it. A module that throws or returns null counts as one that denies with
     * {@code EFAULT}: a broken module never lets a program in.
     *
     * @param call invoked for each slot
     * @param outcome takes each result; the last one it takes is the result of the walk
     * @return whether all slots allowed
     */
    boolean callInt(IntCall<H> call, Outcome outcome) {
        for (int i = 0; i < owners.length; i++) {
            HookResult result = ModuleFaults.guard(call, slots.get(i), owners[i]);
            outcome.take(owners[i], result);
            if (!result.isAllow()) {
                return false;
            }
        }
        return true;
    }

    /** Walks a void hook: every slot is called, also behind one that throws. */
    void callVoid(VoidCall<H> call) {
        for (int i = 0; i < owners.length; i++) {
            ModuleFaults.guard(call, slots.get(i), owners[i]);
        }
    }
}
