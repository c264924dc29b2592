package org.bpfgate.kernel.internal.session;

import java.lang.reflect.Proxy;

/**
 * {@code sun.misc.Signal} of the module {@code jdk.unsupported}, the JDK's only way to handle a signal. By reflection, because
 * the compiler has a warning for its direct use that cannot be answered.
 */
final class JvmSignal implements AutoCloseable {
    private final Object signal;
    private final Object before;

    private JvmSignal(Object signal, Object before) {
        this.signal = signal;
        this.before = before;
    }

    /**
     * Handles a signal from now until this is closed, on a thread of the JVM.
     *
     * @param name without {@code SIG}
     * @throws IllegalStateException when the JVM does not hand out that signal
     */
    static JvmSignal handle(String name, Runnable handler) {
        try {
            Object signal = type("sun.misc.Signal").getConstructor(String.class).newInstance(name);
            Class<?> handlerType = type("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    JvmSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.run();
                        return null;
                    });
            return new JvmSignal(signal, install(signal, proxy));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the JVM does not hand out SIG" + name, e);
        }
    }

    private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), type("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    /** Of the JDK itself, whatever this bundle imports. */
    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, ClassLoader.getSystemClassLoader());
    }

    /** Puts the handler before this one back. */
    @Override
    public void close() {
        try {
            install(signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a signal cannot be given back", e);
        }
    }
}
