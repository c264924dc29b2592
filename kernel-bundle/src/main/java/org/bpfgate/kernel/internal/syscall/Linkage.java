package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Functions of the C library, all linked with one shape: up to seven words in, one word out, and {@code errno}. On x86-64 and
 * aarch64 whole numbers and pointers travel alike and a function leaves alone what it does not take, so that one shape serves
 * all; each further one would cost milliseconds at start-up. syscall(3) is variadic in C, and takes its words in the same places.
 */
final class Linkage {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;
    private static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD);
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle function;

    private Linkage(MethodHandle function) {
        this.function = function;
    }

    /** Returns whether this JVM lets the gate call functions of the C library without a complaint. */
    static boolean isAllowed() {
        return Linkage.class.getModule().isNativeAccessEnabled();
    }

    /**
     * Finds a function.
     *
     * @throws IllegalStateException when the C library has none of that name
     */
    @SuppressWarnings("restricted") // This is the native edge; --enable-native-access is checked before it is used.
    static Linkage to(String name) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no function " + name));
        return new Linkage(linker.downcallHandle(address, SHAPE, Linker.Option.captureCallState("errno")));
    }

    /** Returns where the environment of this process is, {@code environ} of {@code environ(7)}. */
    @SuppressWarnings("restricted") // The variable holds one pointer.
    static long environment() {
        MemorySegment variable =
                Linker.nativeLinker().defaultLookup().find("environ").orElseThrow();
        return variable.reinterpret(Long.BYTES).get(ValueLayout.JAVA_LONG, 0);
    }

    /** Memory in which one thread's calls leave {@code errno}. */
    static MemorySegment newState() {
        return Arena.ofAuto().allocate(STATE);
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    long call(MemorySegment state, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) function.invokeExact(state, a, b, c, d, e, f, g);
        } catch (Throwable broken) {
            throw new IllegalStateException("a call of the C library failed in the JVM", broken);
        }
    }
}
