package org.bpfgate.kernel.internal.seccomp;

import java.time.Duration;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.NativeBuffer;
import org.bpfgate.kernel.internal.syscall.NativeScope;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/**
 * poll(2) of the listener of seccomp user notification and of a second descriptor, whose other end is closed to end the wait. For one
 * thread. Layout and bits are those of {@code include/uapi/asm-generic/poll.h}; of the two halves of an {@code int} the first is what to
 * wait for, the second what happened.
 */
public final class ListenerPoll {
    private static final int POLLFD_SIZE = 8;
    private static final int EVENTS = 4;
    private static final int IN = 1;
    private static final int HAPPENED_SHIFT = 16;

    private final Syscalls syscalls;
    private final NativeBuffer descriptors = NativeScope.automatic().allocate(2 * POLLFD_SIZE);

    /** {@code struct timespec}: seconds and nanoseconds. */
    private final NativeBuffer time = NativeScope.automatic().allocate(2 * Long.BYTES);

    /**
     * Prepares.
     *
     * @param syscalls those of the thread that waits
     * @param listener the file descriptor of the listener
     * @param end the second descriptor, the end of a pipe to read from
     */
    public ListenerPoll(Syscalls syscalls, int listener, int end) {
        this.syscalls = syscalls;
        descriptors.putInt(0, listener);
        descriptors.putInt(POLLFD_SIZE, end);
    }

    /** What a wait ended with. */
    public enum Event {
        /** A request can be received. */
        REQUEST,

        /** No task is under the filter any more ({@code POLLHUP}, Linux 5.9), or the listener is closed. */
        NOBODY,

        /** The second descriptor was ended, and no request waits. */
        ENDED,

        /** The time is over, or a signal came. */
        NOTHING
    }

    /** Waits for a request, without a limit of time. */
    public Event awaitRequest() throws SyscallException {
        return await(IN, null);
    }

    /**
     * Waits until no task is under the filter any more. Requests are left to others.
     *
     * @param longest how long; null for ever
     */
    public Event awaitNobody(@Nullable Duration longest) throws SyscallException {
        return await(0, longest);
    }

    private Event await(int listenerEvents, @Nullable Duration longest) throws SyscallException {
        if (longest != null) {
            time.putLong(0, longest.toSeconds());
            time.putLong(Long.BYTES, longest.toNanosPart());
        }
        descriptors.putInt(EVENTS, listenerEvents);
        descriptors.putInt(POLLFD_SIZE + EVENTS, 0);
        try {
            syscalls.poll(descriptors, 2, longest == null ? 0 : time.address());
        } catch (SyscallException e) {
            if (e.errno() == Errnos.EINTR) {
                return Event.NOTHING;
            }
            throw e;
        }
        int listener = descriptors.getInt(EVENTS) >>> HAPPENED_SHIFT;
        if ((listener & IN) != 0) {
            return Event.REQUEST;
        }
        if (listener != 0) {
            return Event.NOBODY;
        }
        return descriptors.getInt(POLLFD_SIZE + EVENTS) >>> HAPPENED_SHIFT != 0 ? Event.ENDED : Event.NOTHING;
    }
}
