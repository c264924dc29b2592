package org.bpfgate.framework.internal.dispatch;

import java.lang.reflect.Proxy;
import org.osgi.framework.BundleContext;

/** A bundle context in which no service is registered. */
final class NoServices {
    private NoServices() {}

    static BundleContext context() {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    }
}
