package org.bpfgate.kernel.internal.syscall;

import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * posix_spawnp(3): starts a command from the calling thread, whose seccomp filter it inherits, with this process's streams, working
 * directory and environment. {@link ProcessBuilder} would do, but for the thread that the JDK makes at the first process: it inherits
 * the filter too and would stay under it.
 *
 * @param words the command, looked for in {@code PATH} when it has no slash, and its arguments
 * @param blocked the signals that are blocked in it, bit n-1 for signal n
 * @param defaults signals that this process ignores and the command is not to, bit n-1 for signal n
 * @param input the descriptor that is its standard input, while its other streams lead nowhere; -1 for this process's streams
 * @param group which signals for process groups reach it
 */
public record Spawn(List<String> words, long blocked, long defaults, int input, Group group) {
    /** {@code POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK} of {@code spawn.h}. */
    private static final int SETSIGDEF_SETSIGMASK = 0x04 | 0x08;

    /**
     * More than {@code sizeof(posix_spawnattr_t)} (336), {@code sizeof(posix_spawn_file_actions_t)} (80) and
     * {@code sizeof(sigset_t)} (128) of the GNU C library.
     */
    private static final int STRUCTURE = 512;

    /** {@code _CS_PATH} of the GNU C library, where {@code PATH} is not set. */
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    /** {@code O_WRONLY} of {@code include/uapi/asm-generic/fcntl.h}. */
    private static final int WRITE_ONLY = 1;

    /** The process group that the new process is in. */
    public enum Group {
        /** That of this process. */
        SAME(0),
        /** One of its own in the session of this process: {@code POSIX_SPAWN_SETPGROUP}, and the group is 0 by default. */
        OWN_GROUP(0x02),
        /** One of its own in a session of its own, without a terminal: {@code POSIX_SPAWN_SETSID}. */
        OWN_SESSION(0x80);

        private final int flag;

        Group(int flag) {
            this.flag = flag;
        }
    }

    /** Copies the words. */
    public Spawn {
        words = List.copyOf(words);
    }

    /**
     * Starts it.
     *
     * @return the process id
     * @throws SyscallException with {@code ENOENT} when there is no such command, {@code EACCES} or another number when it
     *     cannot be executed
     */
    public int start() throws SyscallException {
        MemorySegment state = Linkage.newState();
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer attributes = attributes(state, scope);
            NativeBuffer arguments = strings(scope, words);
            NativeBuffer pid = scope.allocate(8);
            long failure = Linkage.to("posix_spawnp")
                    .call(
                            state,
                            pid.address(),
                            arguments.getLong(0),
                            actions(state, scope),
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

    /**
     * Replaces this process by a command: the process id, the streams, the signals that are ignored, and the filter of the calling thread
     * stay. Searched for as posix_spawnp(3) does.
     *
     * @throws SyscallException as {@link #start} does; this method ends in no other way
     */
    public static void replaceProcess(Syscalls syscalls, List<String> words) throws SyscallException {
        String name = words.getFirst();
        int errno = Errnos.ENOENT;
        try (NativeScope scope = NativeScope.open()) {
            NativeBuffer arguments = strings(scope, words);
            for (byte[] path : candidates(name)) {
                try {
                    syscalls.execute(scope.text(path), arguments, Linkage.environment());
                } catch (SyscallException e) {
                    if (name.indexOf('/') >= 0 || !isLookedForFurther(e.errno())) {
                        throw e;
                    }
                    errno = e.errno() == Errnos.EACCES ? Errnos.EACCES : errno;
                }
            }
        }
        throw new SyscallException("execve " + name, errno, 0);
    }

    private static List<byte[]> candidates(String name) {
        List<String> paths = new ArrayList<>();
        String path = System.getenv("PATH");
        if (name.indexOf('/') >= 0) {
            paths.add(name);
        } else if (!name.isEmpty()) {
            for (String directory : (path == null ? DEFAULT_PATH : path).split(":", -1)) {
                paths.add(directory.isEmpty() ? name : directory + "/" + name);
            }
        }
        return paths.stream().map(text -> text.getBytes(encoding())).toList();
    }

    /** What a directory of {@code PATH} may answer without an end of the search. */
    private static boolean isLookedForFurther(int errno) {
        return switch (errno) {
            case Errnos.EACCES, Errnos.ENOENT, Errnos.ENOTDIR, Errnos.ESTALE, Errnos.ENODEV, Errnos.ETIMEDOUT -> true;
            default -> false;
        };
    }

    /** As the JVM decoded its own command line and environment. */
    private static Charset encoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private NativeBuffer attributes(MemorySegment state, NativeScope scope) {
        NativeBuffer attributes = scope.allocate(STRUCTURE);
        long address = attributes.address();
        NativeBuffer mask = scope.allocate(STRUCTURE);
        mask.putLong(0, blocked);
        NativeBuffer signals = scope.allocate(STRUCTURE);
        signals.putLong(0, defaults);
        Linkage.to("posix_spawnattr_init").call(state, address, 0, 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setsigmask").call(state, address, mask.address(), 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setsigdefault").call(state, address, signals.address(), 0, 0, 0, 0, 0);
        Linkage.to("posix_spawnattr_setflags").call(state, address, SETSIGDEF_SETSIGMASK | group.flag, 0, 0, 0, 0, 0);
        return attributes;
    }

    /** Returns where the changes of the streams are; 0 for none. What the C library allocates for them is left to it: it is once. */
    private long actions(MemorySegment state, NativeScope scope) {
        if (input < 0) {
            return 0;
        }
        long address = scope.allocate(STRUCTURE).address();
        long nowhere = scope.text("/dev/null").address();
        Linkage.to("posix_spawn_file_actions_init").call(state, address, 0, 0, 0, 0, 0, 0);
        Linkage.to("posix_spawn_file_actions_adddup2").call(state, address, input, 0, 0, 0, 0, 0);
        Linkage.to("posix_spawn_file_actions_addopen").call(state, address, 1, nowhere, WRITE_ONLY, 0, 0, 0);
        Linkage.to("posix_spawn_file_actions_addopen").call(state, address, 2, nowhere, WRITE_ONLY, 0, 0, 0);
        return address;
    }

    /** An array of pointers to texts, with a null pointer at its end. */
    private static NativeBuffer strings(NativeScope scope, List<String> texts) {
        List<byte[]> words = OwnArguments.bytes(texts, encoding());
        NativeBuffer array = scope.allocate(8L * (words.size() + 1));
        for (int i = 0; i < words.size(); i++) {
            array.putLong(8L * i, scope.text(words.get(i)).address());
        }
        return array;
    }
}
