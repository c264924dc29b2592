package org.bpfgate.settings;

import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Tells whether the calling thread comes out of a bundle that provides a service. */
final class CallerCheck implements BooleanSupplier {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final BundleContext context;
    private final String service;

    /**
     * Checks for one service.
     *
     * @param service the name of its interface, which need not be there
     */
    CallerCheck(BundleContext context, String service) {
        this.context = context;
        this.service = service;
    }

    /** Returns whether a frame of the stack belongs to such a bundle; false in a bundle that has stopped. */
    @Override
    public boolean getAsBoolean() {
        Set<Bundle> providers = providers();
        return !providers.isEmpty()
                && STACK.walk(frames -> frames.map(frame -> FrameworkUtil.getBundle(frame.getDeclaringClass()))
                        .anyMatch(bundle -> bundle != null && providers.contains(bundle)));
    }

    private Set<Bundle> providers() {
        try {
            // All: a provider whose API this bundle is not wired to calls with that of the ManagedService.
            ServiceReference<?>[] found = context.getAllServiceReferences(service, null);
            return found == null
                    ? Set.of()
                    : Arrays.stream(found).map(ServiceReference::getBundle).collect(Collectors.toSet());
        } catch (IllegalStateException e) {
            return Set.of();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
