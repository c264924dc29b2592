package org.bpfgate.hook.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;

/** The seam between the framework and the modules: whatever a broken module does becomes a denial and a diagnostic. */
final class ModuleFaults {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private ModuleFaults() {}

    static <H> HookResult guard(HookChain.IntCall<H> call, H hook, LsmId owner) {
        HookResult result;
        try {
            result = call.call(hook, owner);
        } catch (Throwable e) {
            // Errors too: a module that cannot be linked or runs out of stack must not open the gate.
            LOG.log(Level.ERROR, () -> "module " + owner + " failed; the load is denied", e);
            return HookResult.deny(Errno.EFAULT, "module " + owner + " failed: " + e);
        }
        if (result == null) {
            LOG.log(Level.ERROR, () -> "module " + owner + " returned no result; the load is denied");
            return HookResult.deny(Errno.EFAULT, "module " + owner + " returned no result");
        }
        return result;
    }

    static <H> void guard(HookChain.VoidCall<H> call, H hook, LsmId owner) {
        try {
            call.call(hook);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, () -> "module " + owner + " failed in a void hook", e);
        }
    }
}
