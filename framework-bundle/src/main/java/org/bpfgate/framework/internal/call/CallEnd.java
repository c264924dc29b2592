package org.bpfgate.framework.internal.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.jspecify.annotations.Nullable;

/**
 * The end of a call. Two threads may end it: its own with a result, or another one with a denial, because time is up or a module of the
 * generation stops. The first one wins, and from then on the call begins no callback any more. A part of the call's own object, since
 * another object for each call would cost each load an allocation.
 */
public abstract class CallEnd {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private static final VarHandle OUTCOME;

    static {
        try {
            OUTCOME = MethodHandles.lookup().findVarHandle(CallEnd.class, "outcome", HookResult.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written before the call is shown, and read by whoever sees it shown: it needs no fence. */
    private @Nullable Consumer<HookResult> lateAnswer;

    /** The end of the call; set once, by whoever comes first. */
    private volatile @Nullable HookResult outcome;

    /** An end from another thread, if it was the first one; written before {@link #outcome}, and read after it. */
    private @Nullable LateEnd lateEnd;

    /** Written by whoever stops a module of the generation. */
    private volatile boolean endedByStop;

    /** Whether the call found at its end that another thread had ended it. For its own thread. */
    private boolean endedElsewhere;

    /**
     * An end from another thread.
     *
     * @param denial the outcome, when no other end came first
     * @param by the module behind it, if it was one
     * @param atNanos when, by {@link System#nanoTime()}
     */
    private record LateEnd(HookResult denial, @Nullable LsmId by, long atNanos) {}

    /** Says who gets an answer when another thread ends this call; called before it is shown. */
    final void prepareAnswer(@Nullable CallEnd around, @Nullable Consumer<HookResult> answer) {
        // Whoever waits for the call around this one may have been answered already.
        lateAnswer = around != null && around.endedElsewhere ? null : answer;
    }

    /**
     * Ends the call on its own thread.
     *
     * @return false when another thread has ended it before
     */
    final boolean endItself(HookResult result) {
        boolean isFirst = OUTCOME.compareAndSet(this, (HookResult) null, result);
        endedElsewhere = !isFirst;
        return isFirst;
    }

    /** Returns the module behind the end from another thread, if it was one. */
    final @Nullable LsmId endedBy() {
        return Objects.requireNonNull(lateEnd).by();
    }

    /**
     * Ends the call from another thread, and answers whoever waits for it.
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
     * Ends the call from another thread because a module of its generation stops, and keeps it from handing that generation to
     * the frees of what it refused.
     *
     * @return whether this was the first time
     */
    public final boolean bar(HookResult denial) {
        boolean first = !endedByStop;
        endedByStop = true;
        expire(denial);
        return first;
    }

    /** Whether the generation of the call must not be used for anything that begins now; asked on its own thread. */
    public final boolean mayNotGoOn() {
        return endedElsewhere || endedByStop;
    }

    /** What belongs to the end is written before it; the lock keeps a second late end from overwriting it. */
    private synchronized boolean endLate(HookResult denial, @Nullable LsmId by) {
        if (outcome != null) {
            return false;
        }
        lateEnd = new LateEnd(denial, by, System.nanoTime());
        return OUTCOME.compareAndSet(this, (HookResult) null, denial);
    }

    /** An answer that cannot be given must not stop whoever ends calls. */
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

    /** Called once, on whichever thread ended the call, when the denial that ended it is the framework's own. */
    void denied(HookResult denial, @Nullable LsmId by) {
        // Nothing to record of the end of an object.
    }

    /** Called once, on whichever thread ended the call, with its outcome and the module behind it. */
    void ended(HookResult how, @Nullable LsmId by) {
        // Only loads have somebody to tell.
    }

    /** Whether the call came to its end on its own thread. */
    final boolean hasEndedItself() {
        return outcome != null && lateEnd() == null;
    }

    /** How the call ended; null while it is under way. */
    public final @Nullable HookResult outcome() {
        return outcome;
    }

    /**
     * Whether the call was ended from another thread so long ago that it has noticed.
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

    /** The module that the call is in now; null between callbacks. */
    abstract @Nullable ModuleRecord calling();
}
