package org.bpfgate.framework.internal.call;

import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.framework.internal.stack.HookChain;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bpfgate.engine.OneLine;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/**
 * The way of one call through one generation, on one thread. This is the seam between the framework and the modules:
 * whatever a broken module does becomes a denial and a diagnostic.
 *
 * <p>Two threads may end a walk: its own with a result, or the {@link Watchdog}'s when time is up. The first one wins, and
 * from then on the walk calls no module any more.
 */
public class HookCall {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");
    private static final VarHandle OUTCOME;
    private static final VarHandle CALLING;
    private static final VarHandle CALLBACKS;
    private static final VarHandle AROUND;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OUTCOME = lookup.findVarHandle(HookCall.class, "outcome", HookResult.class);
            CALLING = lookup.findVarHandle(HookCall.class, "calling", ModuleRecord.class);
            CALLBACKS = lookup.findVarHandle(HookCall.class, "callbacks", int.class);
            AROUND = lookup.findVarHandle(HookCall.class, "around", ModuleRecord.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** These three are written before the walk is shown, and read by whoever sees it shown: they need no fence each. */
    private @Nullable Generation generation;

    private @Nullable HookCall outer;
    private @Nullable Consumer<HookResult> lateAnswer;

    /** The end of the walk; set once, by whoever comes first. */
    private volatile @Nullable HookResult outcome;

    /** An end from another thread, if it was the first one; written before {@link #outcome}, and read after it. */
    private @Nullable LateEnd lateEnd;

    /** The module that the walk is in, and how many callbacks began or ended: what the watchdog looks at. */
    private @Nullable ModuleRecord calling;

    private int callbacks;

    /** The verifier whose report {@link #calling} hears: it is on the stack too. Between two reports it is an old one. */
    private @Nullable ModuleRecord around;

    /** Written by whoever stops a module of the generation. */
    private volatile boolean barred;

    /** Modules with faults before that have made none in this walk; nearly always empty, so the shared empty set to begin with. */
    private Set<ModuleRecord> recovering = Set.of();

    /** The module with the last fault of this walk: one that swallows the denial of its fault has not worked all the same. */
    private @Nullable ModuleRecord atFault;

    /** The denial that the framework made itself, if any: the only one that it records. */
    private @Nullable HookResult own;

    private boolean forestalled;
    private HookResult result = HookResult.ALLOW;
    private @Nullable LsmId decidedBy;

    /**
     * An end from another thread.
     *
     * @param denial the outcome, when no other end came first
     * @param by the module behind it, if it was one
     * @param atNanos when, by {@link System#nanoTime()}
     */
    private record LateEnd(HookResult denial, @Nullable LsmId by, long atNanos) {}

    /** Prepares the walk; called again with a newer generation until it is admitted. */
    public final void prepare(Generation found, @Nullable HookCall around, @Nullable Consumer<HookResult> answer) {
        generation = found;
        outer = around;
        // Whoever waits for the walk around this one may have been answered already.
        lateAnswer = around != null && around.forestalled ? null : answer;
    }

    public final Generation generation() {
        return Objects.requireNonNull(generation, "a walk begins with a generation");
    }

    final @Nullable HookCall outer() {
        return outer;
    }

    public final HookResult result() {
        return result;
    }

    final @Nullable LsmId decidedBy() {
        return decidedBy;
    }

    /** Walks an int hook: the first denial ends it, unless it allows a trial, which needs the consent of the other modules too. */
    public final <H> void callInt(HookChain<H> chain, HookChain.IntCall<H> call) {
        for (int i = 0; i < chain.length() && isOpen(result); i++) {
            ModuleRecord owner = chain.owner(i);
            settle(owner.lsm, callback(chain.hook(i), owner, call, true));
        }
    }

    /**
     * Walks a void hook: every slot is called, also behind one that throws; unless the walk ends from another thread.
     *
     * @param told the modules that need no call; those that are called are added
     */
    public final <H> void callVoid(HookChain<H> chain, HookChain.VoidCall<H> call, Collection<ModuleRecord> told) {
        for (int i = 0; i < chain.length(); i++) {
            ModuleRecord owner = chain.owner(i);
            if (!told.contains(owner) && outcome == null) {
                told.add(owner);
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
     * One callback. The walk shows first where it goes, and looks then whether it may: so whoever ends it sees it in the
     * module, or it sees the end and does not go there.
     */
    private <H> HookResult callback(H hook, ModuleRecord owner, HookChain.IntCall<H> call, boolean decides) {
        ModuleRecord before = calling;
        if (before != null) {
            AROUND.setOpaque(this, before);
        }
        enter(owner);
        try {
            HookResult end = outcome;
            return end == null ? judge(owner, call.call(hook, owner), decides) : end;
        } catch (Throwable e) {
            // Errors too: a module that cannot be linked or runs out of stack must not open the gate.
            return fault(owner, Errno.EFAULT, "failed: " + OneLine.of(e), e);
        } finally {
            enter(before);
        }
    }

    /**
     * A result that comes after the end of the walk counts for nothing. Only a decision shows that a module works, and only
     * once its walk is over: a module that hears reports well may still hang in each decision, and what it fails to decide on
     * is freed right afterwards, which must not hide that either.
     */
    private HookResult judge(ModuleRecord owner, @Nullable HookResult returned, boolean decides) {
        HookResult end = outcome;
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

    /** Only the walk's own thread writes here; the watchdog may see it a moment later. */
    private void enter(@Nullable ModuleRecord module) {
        CALLING.setOpaque(this, module);
        CALLBACKS.setOpaque(this, callbacks + 1);
    }

    /** Counts a fault of a module that the walk is in. Called on the walk's own thread. */
    final HookResult fault(ModuleRecord owner, Errno errno, String how, @Nullable Throwable cause) {
        HookResult end = outcome;
        if (end != null) {
            // The overrun was its fault and has been counted.
            owner.failedLate(how, cause);
            return end;
        }
        owner.failed(how, cause);
        failsAgain(owner);
        atFault = owner;
        return own(HookResult.deny(errno, "module " + owner.lsm + " " + how));
    }

    /** Marks a denial as the framework's own. Called on the walk's own thread. */
    final HookResult own(HookResult denial) {
        own = denial;
        return denial;
    }

    /** Ends the walk on its own thread. If time was up before, {@link #result()} is that denial afterwards. */
    public final void finish() {
        if (OUTCOME.compareAndSet(this, (HookResult) null, result)) {
            recovering.forEach(ModuleRecord::worked);
            if (result == own) {
                denied(result, decidedBy);
            }
            ended(result, decidedBy);
        } else {
            forestalled = true;
            result = Objects.requireNonNull(outcome);
            decidedBy = Objects.requireNonNull(lateEnd).by();
        }
    }

    /**
     * Ends the walk from another thread, and answers whoever waits for it.
     *
     * @return whether this was the end
     */
    public final boolean expire(HookResult denial) {
        ModuleRecord hanging = calling();
        LsmId by = hanging == null ? null : hanging.lsm;
        if (!endLate(denial, by)) {
            return false;
        }
        answer(denial);
        denied(denial, by);
        ended(denial, by);
        return true;
    }

    /**
     * Ends the walk from another thread because a module of its generation stops, and keeps it from handing that generation to
     * the frees of what it refused.
     *
     * @return whether this was the first time
     */
    public final boolean bar(HookResult denial) {
        boolean first = !barred;
        barred = true;
        expire(denial);
        return first;
    }

    /** Whether the generation of the walk must not be used for anything that begins now; asked on its own thread. */
    public final boolean isBarred() {
        return forestalled || barred;
    }

    /** What belongs to the end is written before it; the lock keeps a second late end from overwriting it. */
    private synchronized boolean endLate(HookResult denial, @Nullable LsmId by) {
        if (outcome != null) {
            return false;
        }
        lateEnd = new LateEnd(denial, by, System.nanoTime());
        return OUTCOME.compareAndSet(this, (HookResult) null, denial);
    }

    /** An answer that cannot be given must not stop whoever ends walks. */
    private void answer(HookResult denial) {
        Consumer<HookResult> answer = lateAnswer;
        if (answer != null) {
            try {
                answer.accept(denial);
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "a late answer could not be given", e);
            }
        }
    }

    /** Called once, on whichever thread ended the walk, when the denial that ended it is the framework's own. */
    void denied(HookResult denial, @Nullable LsmId by) {
        // Nothing to record of the end of an object.
    }

    /** Called once, on whichever thread ended the walk, with its outcome and the module behind it. */
    void ended(HookResult how, @Nullable LsmId by) {
        // Only loads have somebody to tell.
    }

    /** Whether the walk came to its end on its own thread. */
    final boolean hasEndedItself() {
        return outcome != null && lateEnd() == null;
    }

    /** How the walk ended; null while it is under way. */
    final @Nullable public HookResult outcome() {
        return outcome;
    }

    /** The module that the walk is in now; null between callbacks. */
    final @Nullable public ModuleRecord calling() {
        return (ModuleRecord) CALLING.getOpaque(this);
    }

    /**
     * Whether the walk was ended from another thread so long ago that it has noticed.
     *
     * @param noticeNanos how long that takes
     */
    public final boolean hasNoticedItsEnd(long noticeNanos) {
        LateEnd end = lateEnd();
        return end != null && System.nanoTime() - end.atNanos() >= noticeNanos;
    }

    private @Nullable LateEnd lateEnd() {
        HookResult how = outcome;
        LateEnd late = lateEnd;
        return late != null && late.denial() == how ? late : null;
    }

    /** Whether the walk is inside a callback of the module; may be true for one that it leaves at this moment. */
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
