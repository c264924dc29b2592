package org.bpfgate.kernel.syscall.internal;

import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.util.List;

/**
 * posix_spawnp(3): starts a command from the calling thread, whose seccomp filter it inherits. {@link ProcessBuilder} would do,
 * but for the thread that the JDK makes at the first process: it inherits the filter too and would stay under it.
 */
public final class Spawn {
    /** {@code POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK} of {@code spawn.h}. */
    private static final short SETSIGDEF_SETSIGMASK = 0x04 | 0x08;

    /** More than {@code sizeof(posix_spawnattr_t)} (336) and {@code sizeof(sigset_t)} (128) of the GNU C library. */
    private static final int ATTRIBUTES_SIZE = 512;

    private static final int SIGSET_SIZE = 128;

    private Spawn() {}

    /**
     * Starts a command with this process's streams and working directory and environment, and no signal blocked.
     *
     * @param words the command, looked for in {@code PATH} when it has no slash, and its arguments
     * @param defaultSignals signals that this process ignores and the command is not to
     * @return the process id
     * @throws SyscallException with {@code ENOENT} when there is no such command, {@code EACCES} or another number when it
     *     cannot be executed
     */
    public static int start(List<String> words, int... defaultSignals) throws SyscallException {
        MemorySegment state = Linkage.newState();
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer attributes = attributes(state, scope, defaultSignals);
            NativeBuffer arguments = strings(scope, words);
            NativeBuffer pid = scope.allocate(8);
            long file = arguments.getLong(0);
            long failure = Linkage.to("posix_spawnp")
                    .call(
                            state,
                            pid.address(),
                            file,
                            0,
                            attributes.address(),
                            arguments.address(),
                            Linkage.environment(),
                            0);
            if ((int) failure != 0) {
                throw new SyscallException("posix_spawnp " + words.getFirst(), (int) failure, 0);
            }
            return pid.getInt(0);
        }
    }

    private static NativeBuffer attributes(MemorySegment state, NativeScope scope, int... defaultSignals) {
        NativeBuffer attributes = scope.allocate(ATTRIBUTES_SIZE);
        long address = attributes.address();
        NativeBuffer none = scope.allocate(SIGSET_SIZE);
        NativeBuffer defaults = scope.allocate(SIGSET_SIZE);
        for (int signal : defaultSignals) {
            defaults.putLong(0, defaults.getLong(0) | (1L << (signal - 1)));
        }
        Linkage.to("posix_spawnattr_init").call(state, address, 0, 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setsigmask").call(state, address, none.address(), 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setsigdefault").call(state, address, defaults.address(), 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setflags").call(state, address, SETSIGDEF_SETSIGMASK, 0, 0, 0, 0, 0);
        return attributes;
    }

    /** An array of pointers to texts, with a null pointer at its end. */
    private static NativeBuffer strings(NativeScope scope, List<String> texts) {
        // As the JVM decoded them from its own command line.
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        NativeBuffer array = scope.allocate(8L * (texts.size() + 1));
        for (int i = 0; i < texts.size(); i++) {
            array.putLong(8L * i, scope.text(texts.get(i), encoding).address());
        }
        return array;
    }
}
