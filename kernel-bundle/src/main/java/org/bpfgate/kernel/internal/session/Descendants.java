package org.bpfgate.kernel.internal.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bpfgate.kernel.internal.seccomp.ListenerPoll;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * The processes that a command left behind: whatever is still under the filter when the command and the thread that started it have
 * ended. The kernel counts them ({@code struct seccomp_filter::users}), so that a daemon that has left its process group, session and
 * parent counts too. Kernels before 6.11 also count ended processes that nobody has waited for. For one thread.
 */
final class Descendants {
    /** What ends together with the command, such as the rest of a pipeline, gets this long to do so. */
    private static final Duration GRACE = Duration.ofMillis(200);

    /** A thread that has ended in the JVM needs microseconds in the kernel; a busy machine may take longer. */
    private static final Duration THREAD_END = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    private final Syscalls syscalls;
    private final int listener;

    /**
     * Looks at what is under the filter of a listener.
     *
     * @param syscalls those of the calling thread
     */
    Descendants(Syscalls syscalls, int listener) {
        this.syscalls = syscalls;
        this.listener = listener;
    }

    /**
     * Returns whether there are any.
     *
     * @param starter the thread that started the command and is about to end; it is under the filter itself
     * @param tid its id in the kernel
     */
    boolean remain(Thread starter, int tid) throws SyscallException, InterruptedException {
        starter.join();
        Path task = Path.of("/proc/self/task", Integer.toString(tid));
        long start = System.nanoTime();
        while (Files.exists(task) && System.nanoTime() - start < THREAD_END.toNanos()) {
            Thread.sleep(LOOK_EVERY);
        }
        int[] pipe = syscalls.pipe();
        try {
            return new ListenerPoll(syscalls, listener, pipe[0]).awaitNobody(GRACE) != ListenerPoll.Event.NOBODY;
        } finally {
            syscalls.close(pipe[0]);
            syscalls.close(pipe[1]);
        }
    }

    /**
     * Waits until there are none any more.
     *
     * @param endWaiting is given what ends the wait early, on any thread
     * @return false when the wait was ended early
     */
    boolean awaitEnd(Consumer<Runnable> endWaiting) throws SyscallException {
        int[] pipe = syscalls.pipe();
        AtomicBoolean isOpen = new AtomicBoolean(true);
        Runnable end = () -> {
            if (isOpen.getAndSet(false)) {
                syscalls.close(pipe[1]);
            }
        };
        try {
            endWaiting.accept(end);
            ListenerPoll poll = new ListenerPoll(syscalls, listener, pipe[0]);
            ListenerPoll.Event event;
            do {
                event = poll.awaitNobody(null);
            } while (event == ListenerPoll.Event.NOTHING);
            return event == ListenerPoll.Event.NOBODY;
        } finally {
            end.run();
            syscalls.close(pipe[0]);
        }
    }
}
