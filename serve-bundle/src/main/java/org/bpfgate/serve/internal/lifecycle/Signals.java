package org.bpfgate.serve.internal.lifecycle;

import java.lang.reflect.Proxy;

/**
 * Handles a signal by {@code sun.misc.Signal} of the module {@code jdk.unsupported}, the JDK's only way. By reflection, because the
 * compiler has a warning for its direct use that cannot be answered.
 */
final class Signals {
    private Signals() {}

    /**
     * Handles a signal from now on, on a thread of the JVM.
     *
     * @param name without {@code SIG}
     * @throws IllegalStateException when the JVM does not hand out that signal
     */
    static void handle(String name, Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal", true, ClassLoader.getSystemClassLoader());
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler", true, ClassLoader.getSystemClassLoader());
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JVM does not hand out SIG" + name, e);
        }
    }
}
