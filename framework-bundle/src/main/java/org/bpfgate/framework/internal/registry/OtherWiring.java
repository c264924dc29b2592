package org.bpfgate.framework.internal.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bpfgate.hook.SecurityModule;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The bundles whose modules this framework bundle does not see, since they use the classes of another API bundle: of its other version,
 * after it was updated and before it is refreshed.
 */
public final class OtherWiring implements Supplier<Set<String>> {
    private static final Logger LOG = System.getLogger("org.bpfgate.framework");

    private static final String REFRESH = "refresh the bundle org.bpfgate.api";

    private final BundleContext context;

    public OtherWiring(BundleContext context) {
        this.context = context;
    }

    /** Returns their symbolic names, in alphabetical order. */
    @Override
    public Set<String> get() {
        Set<String> names = new TreeSet<>();
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(SecurityModule.class.getName(), null);
            for (ServiceReference<?> each : found == null ? new ServiceReference<?>[0] : found) {
                if (each.getBundle() != null
                        && !each.isAssignableTo(context.getBundle(), SecurityModule.class.getName())) {
                    names.add(String.valueOf(each.getBundle().getSymbolicName()));
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("there is no filter", e);
        } catch (IllegalStateException e) {
            return Set.of(); // The bundle has stopped.
        }
        return names;
    }

    /** Logs them, if there are any: also where nothing is required loads are decided without their modules. */
    public void report() {
        Set<String> names = get();
        if (!names.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "the modules of " + String.join(", ", names)
                            + " are not in the stack: their bundles use the classes of another API bundle; "
                            + REFRESH);
        }
    }

    /** What to do about such bundles, and why. */
    static String remedy(Set<String> names) {
        return REFRESH + ": " + String.join(", ", names) + " use the classes of another one";
    }
}
