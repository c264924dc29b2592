package org.bpfgate.itests.modules;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.bpfgate.hook.LsmId;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Starts a small test bundle: one module, as its manifest describes it. The bundle shares no class with the test, so the
 * test meets it through services of JDK types: the module tells a {@code Consumer} with the property {@link #WITNESS} of each
 * call, and the bundle offers an {@code IntConsumer} that changes the ranking.
 */
public final class ModuleActivator implements BundleActivator {
    /** Marks the service that hears of calls. */
    public static final String WITNESS = "test.witness";

    /** The headers of the manifest that describe the module. */
    public static final String LSM = "Test-Lsm";

    public static final String KIND = "Test-Kind";
    public static final String RANKING = "Test-Ranking";

    @Override
    public void start(BundleContext context) throws Exception {
        LsmId lsm = LsmId.named(header(context, LSM));
        Consumer<String> witness = witness(context);
        String signature = lsm + " " + context.getBundle().getVersion();
        Runnable call = () -> witness.accept(signature);
        SecurityModule module = module(header(context, KIND), lsm, call);
        int ranking = Integer.parseInt(header(context, RANKING));
        ServiceRegistration<SecurityModule> registration = context.registerService(
                SecurityModule.class, module, FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, ranking)));
        IntConsumer rerank = changed ->
                registration.setProperties(FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, changed)));
        context.registerService(IntConsumer.class, rerank, null);
    }

    @Override
    public void stop(BundleContext context) {}

    private static SecurityModule module(String kind, LsmId lsm, Runnable call) {
        return switch (kind) {
            case "verifier" -> new EvenVerifier(lsm, call);
            case "policy" -> new EvenPolicy(lsm, call);
            case "kernel-style" -> new KernelStylePolicy(lsm, call);
            default -> throw new IllegalArgumentException("no such kind of module: " + kind);
        };
    }

    private static String header(BundleContext context, String name) {
        return context.getBundle().getHeaders().get(name);
    }

    @SuppressWarnings("unchecked") // The test registers a Consumer<String> under that property.
    private static Consumer<String> witness(BundleContext context) throws Exception {
        for (ServiceReference<?> found : context.getServiceReferences(Consumer.class, "(" + WITNESS + "=true)")) {
            return (Consumer<String>) context.getService(found);
        }
        return call -> {};
    }
}
