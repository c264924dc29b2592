package org.bpfgate.kernel.internal.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;

/**
 * Duplicates of a client's file descriptors, for the time of one request: whatever the client does to its own meanwhile, these
 * refer to what was decided on. The pidfd through which they are taken is bound to one thread, but a thread that executes another
 * program may take over the first thread's id, and its pidfd with it: so each duplicate counts only when the client still waits
 * after it was made. Taken by one thread; {@link #ifOpen} may be used by any.
 */
public final class ClientFds implements AutoCloseable {
    /**
     * How many different descriptors one request may name. The verifier takes up to 64 maps ({@code MAX_USED_MAPS}) and 64 BTF
     * objects ({@code MAX_USED_BTFS}) of {@code include/linux/bpf_verifier.h}, and a few more stand in the attributes.
     */
    static final int MOST = 256;

    /** Stands for a descriptor that the client does not have. */
    private static final int NONE = -1;

    private final Syscalls syscalls;
    private final int tid;
    private final StillWaiting client;
    private final AccessWatch access;
    private final Map<Integer, Integer> ours = new HashMap<>();
    private final List<Integer> adopted = new ArrayList<>();
    private int pidfd = NONE;
    private boolean closed;

    /**
     * Takes none yet.
     *
     * @param tid the client's thread
     * @param client says whether it still waits
     * @param access times each close: the file system of a client's own file may never end it (FUSE_FLUSH)
     */
    public ClientFds(Syscalls syscalls, int tid, StillWaiting client, AccessWatch access) {
        this.syscalls = syscalls;
        this.tid = tid;
        this.client = client;
        this.access = access;
    }

    /**
     * Returns our number for a client's descriptor.
     *
     * @return a duplicate; -1 when the client has none of that number, so that the kernel says what it says to the client
     * @throws SyscallException when it may not be taken; with {@code ENOENT} when the client waits no more; with {@code E2BIG} for too
     *     many
     */
    public int take(int theirs) throws SyscallException {
        Integer known = ours.get(theirs);
        if (known == null) {
            if (ours.size() == MOST) {
                throw new SyscallException("pidfd_getfd", Errnos.E2BIG, 0);
            }
            known = theirs < 0 ? NONE : duplicate(theirs);
            ours.put(theirs, known);
            client.require();
        }
        return known;
    }

    /** Closes one of our own with the others. */
    public void adopt(int fd) {
        adopted.add(fd);
    }

    private int duplicate(int theirs) throws SyscallException {
        if (pidfd == NONE) {
            pidfd = open();
        }
        try {
            return syscalls.duplicate(pidfd, theirs);
        } catch (SyscallException e) {
            if (e.errno() == Errnos.EBADF) {
                return NONE;
            }
            throw e;
        }
    }

    /** A thread may have a table of its own; before Linux 6.9 only the first thread's can be reached. */
    private int open() throws SyscallException {
        try {
            return syscalls.openThread(tid);
        } catch (SyscallException e) {
            if (e.errno() != Errnos.EINVAL) {
                throw e;
            }
            return syscalls.openProcess(tid);
        }
    }

    /** Asks something about the duplicates. */
    public interface Question<T> {
        T ask();
    }

    /** Answers a question while the duplicates are held open; gives the other value when they were closed. */
    public synchronized <T> T ifOpen(Question<T> question, T otherwise) {
        return closed ? otherwise : question.ask();
    }

    @Override
    public synchronized void close() {
        closed = true;
        access.begin("to close a duplicate of the client's descriptor");
        for (int fd : ours.values()) {
            if (fd != NONE) {
                syscalls.close(fd);
            }
        }
        access.end();
        adopted.forEach(syscalls::close);
        if (pidfd != NONE) {
            syscalls.close(pidfd);
        }
    }
}
