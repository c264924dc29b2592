package org.bpfgate.framework.internal.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.bpfgate.framework.internal.settings.StackConfiguration;
import org.bpfgate.framework.internal.stack.ModuleRecord;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;

/**
 * Waits until nobody can call a module any more, so that its bundle may stop: for the calls whose generation still has it,
 * after a newer one without it was published. Calls that take too long are denied.
 */
public final class QuiescenceWait {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    /**
     * From the end of a call on another thread until it begins no callback any more. A call shows where it goes before it looks
     * whether it may, so all that has to pass is the time that a store stays in a processor's store buffer: some hundred
     * nanoseconds, and none for a thread that is taken off its processor. This is a thousand times as much.
     */
    private static final long NOTICE_NANOS = Duration.ofMillis(1).toNanos();

    private final InFlight inFlight;

    public QuiescenceWait(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /**
     * Waits for one module. A call on this very thread, in which one module stops its own or another's bundle, cannot be waited
     * for, so it is denied at once. One that was denied and hangs in another module will never come to this one, and is not
     * waited for either.
     *
     * @param record the module, which the current generation does not have
     * @param patience how long calls may take before they are denied
     */
    public void await(ModuleRecord record, Duration patience) {
        HookResult denial =
                HookResult.deny(Errno.ETIMEDOUT, "module " + record.lsm + " was stopped while it was still needed");
        inFlight.forEachHere(call -> expire(call, record, denial));
        if (inFlight.awaitNoneElsewhere(call -> mayCall(call, record), patience)) {
            return;
        }
        LOG.log(
                Level.ERROR,
                () -> "calls" + elsewhere(record) + " still use module " + record.lsm + " after " + patience.toMillis()
                        + " ms; they are denied, and the module stops");
        inFlight.awaitNoneElsewhere(call -> mayBeginThough(call, record, denial), StackConfiguration.LONGEST);
    }

    /** Names the modules in which calls hang that would only later come to this one. */
    private String elsewhere(ModuleRecord record) {
        Set<String> names = new TreeSet<>();
        inFlight.forEach(call -> {
            ModuleRecord hanging = call.calling();
            if (hanging != null && mayCall(call, record)) {
                names.add(hanging.lsm.name());
            }
        });
        names.remove(record.lsm.name());
        return names.isEmpty() ? "" : " that hang in module " + String.join(", ", names);
    }

    private static boolean mayCall(HookCall call, ModuleRecord record) {
        return call.generation().uses(record) && (!call.hasNoticedItsEnd(NOTICE_NANOS) || call.isIn(record));
    }

    /**
     * Denies a call, and says whether it may begin a callback all the same: until it has noticed. Nothing can take it out of one
     * that it is in. This comes to an end, because a call that begins from now on has a newer generation.
     */
    private static boolean mayBeginThough(HookCall call, ModuleRecord record, HookResult denial) {
        return call.generation().uses(record)
                && (call.bar(denial) || !(call.hasEndedItself() || call.hasNoticedItsEnd(NOTICE_NANOS)));
    }

    private static void expire(HookCall call, ModuleRecord record, HookResult denial) {
        if (call.generation().uses(record)) {
            call.bar(denial);
        }
    }
}
