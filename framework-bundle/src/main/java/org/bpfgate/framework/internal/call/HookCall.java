package org.bpfgate.framework.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfgate.engine.OneLine;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.HookChain;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call through one generation, on one thread. This is the seam between the framework and the modules:
 * whatever a broken module does becomes a denial and a diagnostic.
 */
public class HookCall extends CallEnd {
    private static final VarHandle CALLING;
    private static final VarHandle CALLBACKS;
    private static final VarHandle AROUND;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CALLING = lookup.findVarHandle(HookCall.class, "calling", ModuleRecord.class);
            CALLBACKS = lookup.findVarHandle(HookCall.class, "callbacks", int.class);
            AROUND = lookup.findVarHandle(HookCall.class, "around", ModuleRecord.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** These three are written before the call is shown, and read by whoever sees it shown: they need no fence each. */
    private @Nullable Generation generation;

    private @Nullable HookCall outer;

    /** The module that the call is in, and how many callbacks began or ended: what the watchdog looks at. */
    private @Nullable ModuleRecord calling;

    private int callbacks;

    /** The verifier whose report {@link #calling} hears: it is on the stack too. Between two reports it is an old one. */
    private @Nullable ModuleRecord around;

    /** Modules with faults before that have made none in this call; nearly always empty, so the shared empty set to begin with. */
    private Set<ModuleRecord> recovering = Set.of();

    /** The module with the last fault of this call: one that swallows the denial of its fault has not worked all the same. */
    private @Nullable ModuleRecord atFault;

    /** The denial that the framework made itself, if any: the only one that it records. */
    private @Nullable HookResult own;

    private HookResult result = HookResult.ALLOW;
    private @Nullable LsmId decidedBy;

    /** Prepares the call; called again with a newer generation until it is admitted. */
    public final void prepare(Generation found, @Nullable HookCall around, @Nullable Consumer<HookResult> answer) {
        generation = found;
        outer = around;
        prepareAnswer(around, answer);
    }

    public final Generation generation() {
        return Objects.requireNonNull(generation, "a call begins with a generation");
    }

    /**
     * Whether this call decides nothing: it waits for no missing module, nobody hears of it, and what modules do wrong in it is not
     * held against them. Asked on any thread.
     */
    public boolean isDryRun() {
        return false;
    }

    /**
     * Returns the generation that this call uses.
     *
     * @param live the current one
     * @return always the same for one live generation
     */
    Generation choose(Generation live) {
        return live;
    }

    /** Returns a call for the frees of what this one saw. */
    public HookCall newFrees() {
        return new HookCall();
    }

    final @Nullable HookCall outer() {
        return outer;
    }

    /** Returns whether a module failed in this call. Called on the call's own thread. */
    public final boolean hasFault() {
        return atFault != null;
    }

    public final HookResult result() {
        return result;
    }

    final @Nullable LsmId decidedBy() {
        return decidedBy;
    }

    /** Calls an int hook: the first denial ends it, unless it allows a trial, which needs the consent of the other modules too. */
    public final <H> void callInt(HookChain<H> chain, HookChain.IntCall<H> call) {
        for (int i = 0; i < chain.length() && isOpen(result); i++) {
            ModuleRecord owner = chain.owner(i);
            settle(owner.lsm, callback(chain.hook(i), owner, call, true));
        }
    }

    /**
     * Calls a void hook: every slot is called, also behind one that throws; unless the call ends from another thread.
     *
     * @param notified the modules that need no call; those that are called are added
     */
    public final <H> void callVoid(HookChain<H> chain, HookChain.VoidCall<H> call, Collection<ModuleRecord> notified) {
        for (int i = 0; i < chain.length(); i++) {
            ModuleRecord owner = chain.owner(i);
            if (!notified.contains(owner) && outcome() == null) {
                notified.add(owner);
                callback(chain.hook(i), owner, (hook, module) -> call.callAndAllow(hook), false);
            }
        }
    }

    /** Whether another module may still change the result. */
    private static boolean isOpen(HookResult result) {
        return result.isAllow() || result.isTrialAllowed();
    }

    /**
     * A denial is final, whoever takes it back: a verifier that swallows a policy's refusal changes nothing. One that allows a trial
     * gives way only to one that does not.
     */
    public final void settle(@Nullable LsmId owner, HookResult returned) {
        boolean isStricter = result.isAllow()
                ? !returned.isAllow() || returned.basis().isPresent()
                : result.isTrialAllowed() && !isOpen(returned);
        if (isStricter) {
            if (owner == null) {
                own = returned;
            }
            result = returned;
            decidedBy = owner;
        }
    }

    /**
     * One callback. The call shows first where it goes, and looks then whether it may: so whoever ends it sees it in the
     * module, or it sees the end and does not go there.
     */
    private <H> HookResult callback(H hook, ModuleRecord owner, HookChain.IntCall<H> call, boolean decides) {
        ModuleRecord before = calling;
        if (before != null) {
            AROUND.setOpaque(this, before);
        }
        enter(owner);
        try {
            HookResult end = outcome();
            return end == null ? judge(owner, call.call(hook, owner), decides) : end;
        } catch (Throwable e) {
            // Errors too: a module that cannot be linked or runs out of stack must not open the gate.
            return fault(owner, Errno.EFAULT, "failed: " + OneLine.of(e), e);
        } finally {
            enter(before);
        }
    }

    /**
     * A result that comes after the end of the call counts for nothing. Only a decision shows that a module works, and only
     * once its call is over: a module that hears reports well may still hang in each decision, and what it fails to decide on
     * is freed right afterwards, which must not hide that either.
     */
    private HookResult judge(ModuleRecord owner, @Nullable HookResult returned, boolean decides) {
        HookResult end = outcome();
        if (end != null) {
            return end;
        }
        if (returned == null) {
            return fault(owner, Errno.EFAULT, "returned no result", null);
        }
        if (decides && owner.isFaulty() && owner != atFault) {
            recovers(owner);
        }
        return returned;
    }

    private void recovers(ModuleRecord owner) {
        if (recovering.isEmpty()) {
            recovering = new HashSet<>();
        }
        recovering.add(owner);
    }

    private void failsAgain(ModuleRecord owner) {
        if (!recovering.isEmpty()) {
            recovering.remove(owner);
        }
    }

    /** Only the call's own thread writes here; the watchdog may see it a moment later. */
    private void enter(@Nullable ModuleRecord module) {
        CALLING.setOpaque(this, module);
        CALLBACKS.setOpaque(this, callbacks + 1);
    }

    /** Counts a fault of a module that the call is in. Called on the call's own thread. */
    final HookResult fault(ModuleRecord owner, Errno errno, String how, @Nullable Throwable cause) {
        HookResult end = outcome();
        if (end != null) {
            // The overrun was its fault and has been counted.
            failedLate(owner, how, cause);
            return end;
        }
        if (!isDryRun()) {
            owner.failed(how, cause);
        }
        failsAgain(owner);
        atFault = owner;
        return own(HookResult.deny(errno, "module " + owner.lsm + " " + how));
    }

    /** Logs a fault that was counted before. Called on any thread. */
    final void failedLate(ModuleRecord owner, String how, @Nullable Throwable cause) {
        if (!isDryRun()) {
            owner.failedLate(how, cause);
        }
    }

    /** Marks a denial as the framework's own. Called on the call's own thread. */
    final HookResult own(HookResult denial) {
        own = denial;
        return denial;
    }

    /** Ends the call on its own thread. If time was up before, {@link #result()} is that denial afterwards. */
    public final void finish() {
        if (endItself(result)) {
            if (!isDryRun()) {
                recovering.forEach(ModuleRecord::worked);
            }
            if (result == own) {
                denied(result, decidedBy);
            }
            ended(result, decidedBy);
        } else {
            result = Objects.requireNonNull(outcome());
            decidedBy = endedBy();
        }
    }

    @Override
    public final @Nullable ModuleRecord calling() {
        return (ModuleRecord) CALLING.getOpaque(this);
    }

    /** Whether the call is inside a callback of the module; may be true for one that it leaves at this moment. */
    final boolean isIn(ModuleRecord module) {
        int before = callbacks();
        boolean in = calling() == module || (calling() != null && AROUND.getOpaque(this) == module);
        return in || callbacks() != before;
    }

    /** Changes with each callback that begins or ends. */
    final int callbacks() {
        return (int) CALLBACKS.getOpaque(this);
    }
}
