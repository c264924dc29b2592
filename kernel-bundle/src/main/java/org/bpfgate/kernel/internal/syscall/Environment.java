package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The environment of this process, {@code environ(7)}, which commands inherit; {@link System#getenv} is a copy of it from the start. */
public final class Environment {
    private Environment() {}

    /**
     * Sets a variable; for one thread at a time, as setenv(3) is.
     *
     * @param value null for none
     */
    public static void set(String name, @Nullable String value) {
        MemorySegment state = Linkage.newState();
        try (NativeScope scope = NativeScope.open()) {
            long variable = scope.text(name).address();
            if (value == null) {
                Linkage.to("unsetenv").call(state, variable, 0, 0, 0, 0, 0, 0);
            } else {
                Linkage.to("setenv").call(state, variable, scope.text(value).address(), 1, 0, 0, 0, 0);
            }
        }
    }
}
