package org.bpfgate.itests;

import java.util.List;
import java.util.Map;
import org.bpfgate.hook.BpfProgLoadHook;
import org.bpfgate.hook.HookResult;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.ModuleStack;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Modules that a test registers itself, where a bundle of their own is not the point. */
public final class TestModules {
    private TestModules() {}

    /** What a policy does. */
    @FunctionalInterface
    public interface Rule {
        HookResult decide(ProgramLoad load);
    }

    /** A policy by its name and its rule. */
    record Policy(LsmId lsmId, Rule rule) implements BpfProgLoadHook {
        @Override
        public HookResult bpfProgLoad(ProgramLoad load) {
            return rule.decide(load);
        }
    }

    public static SecurityModule policy(String name, Rule rule) {
        return new Policy(LsmId.named(name), rule);
    }

    public static SecurityModule allowing(String name) {
        return policy(name, load -> HookResult.ALLOW);
    }

    public static ServiceRegistration<SecurityModule> register(
            BundleContext context, SecurityModule module, int ranking) {
        return context.registerService(
                SecurityModule.class, module, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    /** The names of the stack, in order. */
    public static List<String> names(SecurityHooks hooks) {
        return hooks.stack().modules().stream()
                .map(ModuleStack.Entry::lsm)
                .map(LsmId::name)
                .toList();
    }
}
