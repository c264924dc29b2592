package org.bpfgate.framework.internal.stack;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.HookResult;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one hook: an immutable array in LSM order, as {@code call_int_hook} and {@code call_void_hook} call it.
 *
 * @param <H> the hook interface
 */
public final class HookChain<H> {
    private final ModuleRecord[] owners;
    private final Object[] slots;

    private HookChain(List<ModuleRecord> owners, List<H> slots) {
        this.owners = owners.toArray(ModuleRecord[]::new);
        this.slots = slots.toArray();
    }

    /** Keeps those of the ordered modules that implement the hook. */
    static <H> HookChain<H> of(Class<H> hook, List<RegisteredModule> ordered) {
        List<ModuleRecord> owners = new ArrayList<>();
        List<H> slots = new ArrayList<>();
        for (RegisteredModule registered : ordered) {
            if (hook.isInstance(registered.module())) {
                owners.add(registered.record());
                slots.add(hook.cast(registered.module()));
            }
        }
        return new HookChain<>(owners, slots);
    }

    public int length() {
        return slots.length;
    }

    public ModuleRecord owner(int slot) {
        return owners[slot];
    }

    public H hook(int slot) {
        @SuppressWarnings("unchecked") // Only such modules were put in; a checked cast costs a call per callback.
        H callee = (H) slots[slot];
        return callee;
    }

    /** Calls one module's int hook; a module may return null against its contract. */
    @FunctionalInterface
    public interface IntCall<H> {
        @Nullable
        HookResult call(H hook, ModuleRecord owner);
    }

    /** Calls one module's void hook. */
    @FunctionalInterface
    public interface VoidCall<H> {
        void call(H hook);

        /** Calls it in the way of an int hook with nothing to decide. */
        default HookResult callAndAllow(H hook) {
            call(hook);
            return HookResult.ALLOW;
        }
    }
}
