package org.bpfgate.command.internal;

import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Looks services up for one command: they are there, or bpfgate itself is broken. */
final class Services {
    private Services() {}

    /**
     * Finds the best service of a type.
     *
     * @param filter narrows the choice; null for any
     * @throws IllegalStateException when there is none
     */
    static <S> ServiceReference<S> reference(BundleContext context, Class<S> type, @Nullable String filter) {
        try {
            Collection<ServiceReference<S>> found = context.getServiceReferences(type, filter);
            if (found.isEmpty()) {
                throw missing(type, filter);
            }
            return Collections.max(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Gets the service itself; see {@link #reference}. */
    static <S> S get(BundleContext context, Class<S> type, @Nullable String filter) {
        S service = context.getService(reference(context, type, filter));
        if (service == null) {
            throw missing(type, filter);
        }
        return service;
    }

    private static IllegalStateException missing(Class<?> type, @Nullable String filter) {
        return new IllegalStateException("no service " + type.getSimpleName() + (filter == null ? "" : " " + filter)
                + ": its bundle did not start");
    }
}
