package org.bpfgate.itests.modules;

import java.util.Optional;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The example of docs/osgi.md, word for word. */
// BEGIN
public final class LoadGuard implements AutoCloseable {
    private final ServiceTracker<SecurityHooks, SecurityHooks> tracker;

    public LoadGuard(BundleContext context) {
        tracker = new ServiceTracker<>(context, SecurityHooks.class, null);
        tracker.open();
    }

    /** Returns why the program may not be loaded; empty when it may. */
    public Optional<String> objection(ProgramLoad load) {
        SecurityHooks hooks = tracker.getService();
        if (hooks == null) {
            return Optional.of("framework-bundle is not running");
        }
        LoadDecision decision = hooks.bpfProgLoad(load);
        return decision.isAllow() ? Optional.empty() : Optional.of(decision.why());
    }

    /** The program is not loaded any more. */
    public void unloaded(BpfProgram program) {
        SecurityHooks hooks = tracker.getService();
        if (hooks != null) {
            hooks.bpfProgFree(program);
        }
    }

    @Override
    public void close() {
        tracker.close();
    }
}
// END
