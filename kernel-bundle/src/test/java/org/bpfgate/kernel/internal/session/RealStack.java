package org.bpfgate.kernel.internal.session;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.felix.framework.Felix;
import org.bpfgate.framework.internal.FrameworkActivator;
import org.bpfgate.hook.BpfHook;
import org.bpfgate.hook.BpfMapCreateHook;
import org.bpfgate.hook.BpfMapHook;
import org.bpfgate.hook.BpfProgHook;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.BpfTokenCreateHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.mediation.MediatedCommand;
import org.bpfgate.mediation.MediationException;
import org.bpfgate.mediation.MediationListener;
import org.bpfgate.program.BpfMap;
import org.bpfgate.program.BpfProgram;
import org.bpfgate.program.BpfRequest;
import org.bpfgate.program.FileMode;
import org.bpfgate.program.MapCreation;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.program.TokenCreation;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * The framework's own entry points in a real OSGi framework, with modules that tests register as services: what a mediation may not do
 * with them fails here as it does in a gate.
 */
final class RealStack {
    private final Felix felix;
    private final FrameworkActivator framework = new FrameworkActivator();

    private RealStack(Felix felix) {
        this.felix = felix;
    }

    /**
     * Starts the framework.
     *
     * @param storage an empty directory
     */
    static RealStack start(Path storage) throws BundleException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put("felix.log.level", "1");
        // A test may hold a callback for longer than a gate would.
        settings.put("lsm.budget.callback", "60000");
        // The policies of one test are none of the next one's.
        settings.put("lsm.required", "none");
        RealStack stack = new RealStack(new Felix(settings));
        stack.felix.start();
        stack.framework.start(stack.context());
        return stack;
    }

    private BundleContext context() {
        return felix.getBundleContext();
    }

    /** Returns the entry points. */
    SecurityHooks hooks() {
        return context().getService(context().getServiceReference(SecurityHooks.class));
    }

    /** Work that ends with an exit code. */
    interface Work {
        int run() throws MediationException, InterruptedException;
    }

    /**
     * Runs a command under a gate whose stack has a module.
     *
     * @return its exit code
     */
    int run(SecurityModule module, MediatedCommand command, MediationListener listener)
            throws MediationException, InterruptedException {
        KernelMediator mediator = new KernelMediator(hooks(), new NoRecords());
        return with(module, () -> mediator.run(command, listener));
    }

    /** Does work while a module is in the stack. */
    int with(SecurityModule module, Work work) throws MediationException, InterruptedException {
        ServiceRegistration<SecurityModule> registration =
                context().registerService(SecurityModule.class, module, null);
        try {
            return work.run();
        } finally {
            registration.unregister();
        }
    }

    /** Decides on loads by a piece of code, and on nothing else. */
    record Deciding(Function<ProgramLoad, HookResult> decision) implements BpfProgLoadHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("test");
        }

        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return decision.apply(load);
        }
    }

    /** Denies every command of bpf(2). */
    record NoCommands(HookResult denial) implements BpfHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("no-commands");
        }

        @Override
        public HookResult bpf(BpfRequest request) {
            return denial;
        }
    }

    /** Lets every program be loaded, and gives nobody a descriptor for it. */
    record NoDescriptors(HookResult denial) implements BpfProgHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("no-descriptors");
        }

        @Override
        public HookResult bpfProg(BpfProgram program) {
            return denial;
        }
    }

    /** Allows everything, and decides on every object, so that every command that makes or gets one is mediated. */
    static class AllowingObjects implements BpfMapCreateHook, BpfMapHook, BpfProgHook, BpfTokenCreateHook {
        @Override
        public LsmId lsmId() {
            return LsmId.named("objects");
        }

        @Override
        public HookResult bpfMapCreate(MapCreation creation) {
            return HookResult.ALLOW;
        }

        @Override
        public HookResult bpfMap(BpfMap map, FileMode mode) {
            return HookResult.ALLOW;
        }

        @Override
        public HookResult bpfProg(BpfProgram program) {
            return HookResult.ALLOW;
        }

        @Override
        public HookResult bpfTokenCreate(TokenCreation creation) {
            return HookResult.ALLOW;
        }
    }

    void stop() throws BundleException, InterruptedException {
        framework.stop(context());
        felix.stop();
        felix.waitForStop(10_000);
    }
}
