package org.bpfgate.framework.internal.dispatch;

import java.time.Duration;
import java.util.List;
import org.bpfgate.framework.internal.call.HookCall;
import org.bpfgate.framework.internal.call.InFlight;
import org.bpfgate.framework.internal.registry.HookRegistry;
import org.bpfgate.framework.internal.stack.Generation;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;

/** Lets calls begin, but only with a generation that has every required module: others wait for a newer one, or are denied. */
final class Admission {
    private final HookRegistry registry;
    private final InFlight inFlight;

    Admission(HookRegistry registry, InFlight inFlight) {
        this.registry = registry;
        this.inFlight = inFlight;
    }

    /**
     * Begins a call.
     *
     * @return true when it is under way and has to be left; false when it was denied
     */
    boolean admit(HookCall call) {
        inFlight.enter(call);
        return call.generation().missing.isEmpty() || hold(call);
    }

    /** Begins a call that waits for nothing; otherwise as {@link #admit}. */
    boolean admitNow(HookCall call) {
        inFlight.enter(call);
        List<String> missing = call.generation().missing;
        if (missing.isEmpty()) {
            return true;
        }
        inFlight.leave(call);
        call.settle(null, denial(missing));
        return false;
    }

    /** The slow way: the call must not be under way while it waits, or the module that it waits for could not come. */
    private boolean hold(HookCall call) {
        long deadline = System.nanoTime() + registry.configuration().hold().toNanos();
        while (true) {
            Generation incomplete = call.generation();
            inFlight.leave(call);
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (registry.isClosed() || !registry.awaitChange(incomplete, left)) {
                if (!registry.isClosed()) {
                    registry.reportMissing();
                }
                call.settle(null, denial(incomplete.missing));
                return false;
            }
            inFlight.enter(call);
            if (call.generation().missing.isEmpty()) {
                return true;
            }
        }
    }

    private HookResult denial(List<String> missing) {
        if (registry.isClosed()) {
            return HookResult.deny(Errno.EACCES, "the framework has stopped");
        }
        return HookResult.deny(
                        Errno.EACCES,
                        "no decision without the required modules, and these are missing: " + String.join(" ", missing))
                .withFix(registry.fixForMissing());
    }
}
