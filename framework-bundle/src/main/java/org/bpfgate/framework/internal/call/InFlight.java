package org.bpfgate.framework.internal.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.hook.HookResult;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are on their way. Each thread shows its own call in a slot of its own, as a hazard pointer: so entering costs
 * one fenced store and leaving an ordinary one, and no two threads write to one place.
 *
 * <p>Why no call is overlooked: the call is shown first and the current generation read again afterwards, both in the one
 * order that all threads agree on; the publisher writes the generation first and looks at the slots afterwards. So either
 * the publisher sees the call, or the call sees the new generation and begins anew with it.
 */
public final class InFlight {
    private static final VarHandle ACTIVE;
    private static final VarHandle WAITING;

    /** Between two looks at the calls on their way, when none that ends says so. */
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    static {
        try {
            ACTIVE = MethodHandles.lookup().findVarHandle(Slot.class, "active", HookCall.class);
            WAITING = MethodHandles.lookup().findVarHandle(InFlight.class, "waiting", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What one thread shows. */
    private static final class Slot {
        @Nullable
        HookCall active;

        /** Who answers for the calls of this thread when time is up; only the thread itself looks here. */
        @Nullable
        Consumer<HookResult> lateAnswer;

        void forEach(Consumer<HookCall> viewer) {
            HookCall shown = (HookCall) ACTIVE.getVolatile(this);
            for (HookCall call = shown; call != null; call = call.outer()) {
                viewer.accept(call);
            }
        }
    }

    private final Queue<WeakReference<Slot>> slots = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Slot> mine = ThreadLocal.withInitial(this::newSlot);
    private final Supplier<Generation> current;

    /** The threads that wait for calls to end, and how many they are, which costs less to ask. */
    private final Queue<Thread> waiters = new ConcurrentLinkedQueue<>();

    private volatile int waiting;

    /**
     * Watches the calls through one registry.
     *
     * @param current reads the current generation, as a volatile variable is read
     */
    public InFlight(Supplier<Generation> current) {
        this.current = current;
    }

    private Slot newSlot() {
        Slot slot = new Slot();
        slots.add(new WeakReference<>(slot));
        return slot;
    }

    /** Lets a call begin with the generation that is current at this moment. */
    public void enter(HookCall call) {
        Slot slot = mine.get();
        enter(slot, call, slot.active);
    }

    private void enter(Slot slot, HookCall call, @Nullable HookCall outer) {
        Generation found = call.choose(current.get());
        while (true) {
            call.prepare(found, outer, slot.lateAnswer);
            ACTIVE.setVolatile(slot, call);
            Generation now = call.choose(current.get());
            if (now == found) {
                return;
            }
            found = now;
        }
    }

    /**
     * Lets a call begin inside another one of this thread, with the generation of that one; or with the current one when a module
     * of that generation stops. As with a change of the generation, it is shown first and looks afterwards.
     */
    public void enterWithin(HookCall around, HookCall call) {
        Slot slot = mine.get();
        call.prepare(around.generation(), around, slot.lateAnswer);
        ACTIVE.setVolatile(slot, call);
        if (around.mayNotGoOn()) {
            enter(slot, call, around);
        }
    }

    /** The call ends; the one around it, if any, goes on. */
    public void leave(HookCall call) {
        HookCall outer = call.outer();
        ACTIVE.setRelease(mine.get(), outer);
        if (waiting != 0 && outer == null) {
            helpThoseWhoWait();
        }
    }

    /**
     * On a machine with more deciding threads than processors those who wait are helped most by a thread that gives up its
     * processor: to one that was taken off it in the middle of a call, which is what they wait for.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but how soon a wait is over.
    private void helpThoseWhoWait() {
        waiters.forEach(LockSupport::unpark);
        Thread.yield();
    }

    /** Runs work whose calls have somebody to answer for them. */
    public void answering(Consumer<HookResult> lateAnswer, Runnable work) {
        Slot slot = mine.get();
        Consumer<HookResult> before = slot.lateAnswer;
        slot.lateAnswer = lateAnswer;
        try {
            work.run();
        } finally {
            slot.lateAnswer = before;
        }
    }

    /** Returns how many threads are known, with those that ended and were not noticed yet. */
    public int threads() {
        return slots.size();
    }

    /** Shows every call of every thread, those around others too. */
    public void forEach(Consumer<HookCall> viewer) {
        forEach(null, viewer);
    }

    /** Shows every call of this thread, from the innermost outwards. */
    public void forEachHere(Consumer<HookCall> viewer) {
        mine.get().forEach(viewer);
    }

    /** Whether a call of another thread than this one is as asked for. */
    public boolean anyElsewhere(Predicate<HookCall> wanted) {
        boolean[] found = {false};
        forEach(mine.get(), call -> found[0] |= wanted.test(call));
        return found[0];
    }

    /**
     * Waits until no call of another thread is as asked for. A call that ends wakes this thread up, unless it ends at the very
     * moment when this thread begins to wait; so it looks by itself too, from time to time.
     *
     * @param patience the longest time to wait
     * @return whether there is no such call any more
     */
    boolean awaitNoneElsewhere(Predicate<HookCall> wanted, Duration patience) {
        if (!anyElsewhere(wanted)) {
            return true;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Thread thread = Thread.currentThread();
        waiters.add(thread);
        WAITING.getAndAdd(this, 1);
        try {
            while (anyElsewhere(wanted)) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return true;
        } finally {
            WAITING.getAndAdd(this, -1);
            waiters.remove(thread);
        }
    }

    private void forEach(@Nullable Slot leftOut, Consumer<HookCall> viewer) {
        for (Iterator<WeakReference<Slot>> i = slots.iterator(); i.hasNext(); ) {
            Slot slot = i.next().get();
            if (slot == null) {
                i.remove();
            } else if (slot != leftOut) {
                slot.forEach(viewer);
            }
        }
    }
}
