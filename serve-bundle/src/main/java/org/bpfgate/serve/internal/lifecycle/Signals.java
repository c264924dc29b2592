package org.bpfgate.serve.internal.lifecycle;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Handles a signal by {@code sun.misc.Signal} of the module {@code jdk.unsupported}, the JDK's only way. By reflection, because the
 * compiler has a warning for its direct use that cannot be answered.
 */
final class Signals {
    /** Of proc_pid_status(5): a bit for each signal from 1 on. */
    private static final String IGNORED = "SigIgn:";

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

    /**
     * Returns whether this process ignores a signal, as nohup(1) leaves it: the JVM does not handle such a one then.
     *
     * @param number such as 1 for SIGHUP
     */
    static boolean isIgnored(int number) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(IGNORED)) {
                long signals =
                        Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16);
                return ((signals >> (number - 1)) & 1) == 1;
            }
        }
        return false;
    }
}
