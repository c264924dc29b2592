package org.bpfgate.kernel.internal.host;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import org.bpfgate.kernel.internal.request.MediationContext;
import org.bpfgate.kernel.internal.seccomp.Notifications;
import org.bpfgate.kernel.internal.seccomp.RequestJournal;
import org.bpfgate.kernel.internal.seccomp.Seccomp;
import org.bpfgate.kernel.internal.syscall.Errnos;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.bpfgate.kernel.internal.worker.OverdueRequests;
import org.bpfgate.mediation.AttachedListener;
import org.bpfgate.mediation.ReleasedListener;

/** The listeners that a host mediates, by their numbers. Safe for use by several threads. */
final class AttachedFilters {
    private static final Logger LOG = System.getLogger("org.bpfgate.kernel");

    /** How long the last requests of a listener may take, or a module that hangs. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** Descriptors of one listener: itself, the two ends of a pipe, and the directory of its last client. */
    private static final int DESCRIPTORS_EACH = 5;

    /** Descriptors for everything else: bundles, the requests under way, connections. */
    private static final int RESERVED_DESCRIPTORS = 512;

    /** A gate that may open few files still takes some. */
    private static final int FEWEST = 16;

    private static final int ROOT = 0;

    private final MediationContext context;
    private final RequestJournal journal;
    private final int most;
    private volatile int mostOfUser = Integer.MAX_VALUE;
    private final OverdueRequests requests = OverdueRequests.start();

    /** Numbers of listeners under which no task is any more. */
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();

    private final Thread cleaner = new Thread(this::clean, "bpfgate-listeners");

    /** All from here on are guarded by this object's lock. */
    private final NavigableMap<Integer, AttachedFilter> attached = new TreeMap<>();

    private int lastNumber;
    private boolean closed;

    /**
     * Prepares.
     *
     * @param journal where requests are written that are not answered yet
     * @param fileLimit how many files this process may have open
     */
    AttachedFilters(MediationContext context, RequestJournal journal, long fileLimit) {
        this.context = context;
        this.journal = journal;
        most = Math.clamp((fileLimit - RESERVED_DESCRIPTORS) / DESCRIPTORS_EACH, FEWEST, Integer.MAX_VALUE);
        cleaner.setDaemon(true);
        cleaner.start();
    }

    /** Limits the listeners of each user but root. */
    void limitOfUser(int most) {
        mostOfUser = most;
    }

    /** Returns why no further listener of a user is taken; empty when one is. */
    synchronized Optional<String> full(int uid) {
        int limit = mostOfUser;
        if (uid == ROOT || limit == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        long present = attached.values().stream()
                .filter(filter -> filter.description().uid() == uid)
                .count();
        return present < limit
                ? Optional.empty()
                : Optional.of("user " + uid + " has as many listeners at this gate as it may have, " + limit
                        + "; end a command that runs under it, or raise listeners.per.user of org.bpfgate.serve");
    }

    /** Returns the descriptions of all, by number. */
    synchronized List<AttachedListener> descriptions() {
        return attached.values().stream().map(AttachedFilter::description).toList();
    }

    /**
     * Mediates a listener from now on.
     *
     * @param listener the descriptor; closed when this fails
     * @param wanted its number, if that is free; 0 for the next one
     * @param describe makes the description with the number
     * @throws HandOverException when it is no listener, one that is attached already, or one too many
     */
    AttachedListener attach(int listener, int wanted, IntFunction<AttachedListener> describe) throws HandOverException {
        return attach(listener, wanted, describe, ROOT);
    }

    /**
     * Mediates a listener that a user hands over; otherwise as without the last argument.
     *
     * @param uid the user, whose listeners are limited
     */
    synchronized AttachedListener attach(int listener, int wanted, IntFunction<AttachedListener> describe, int uid)
            throws HandOverException {
        Syscalls syscalls = context.machine().newSyscalls();
        try {
            requireNew(syscalls, listener);
            Optional<String> full = full(uid);
            if (full.isPresent()) {
                throw new HandOverException(full.get());
            }
            // One that this process was started with is not.
            syscalls.closeOnExec(listener, listener);
            Seccomp.wakeUpInPlace(syscalls, listener);
            int number = wanted > 0 && !attached.containsKey(wanted) ? wanted : lastNumber + 1;
            AttachedListener description = describe.apply(number);
            attached.put(
                    number,
                    AttachedFilter.begin(description, listener, context, journal, requests, () -> ended.add(number)));
            lastNumber = Math.max(lastNumber, number);
            tell(() -> context.listener().attached(description, listener));
            return description;
        } catch (SyscallException e) {
            syscalls.close(listener);
            throw new HandOverException("the gate cannot take the listener: " + e.getMessage());
        } catch (HandOverException e) {
            syscalls.close(listener);
            throw e;
        }
    }

    private void requireNew(Syscalls syscalls, int listener) throws HandOverException {
        if (closed) {
            throw new HandOverException("the gate is ending");
        }
        if (!Notifications.isListener(syscalls, listener)) {
            throw new HandOverException("the descriptor is no listener of a seccomp filter");
        }
        if (attached.size() >= most) {
            throw new HandOverException("the gate has " + attached.size()
                    + " listeners, as many as it may open files for; raise its limit (LimitNOFILE=)");
        }
        for (AttachedFilter other : attached.values()) {
            if (isSame(syscalls, other.listener(), listener)) {
                throw new HandOverException("the gate has this listener already, as number "
                        + other.description().number());
            }
        }
    }

    /** Two sets of workers at one listener answer each request once all the same; where the kernel cannot tell it is let be. */
    private static boolean isSame(Syscalls syscalls, int first, int second) {
        try {
            return syscalls.isSameFile(first, second);
        } catch (SyscallException e) {
            assert e.errno() == Errnos.ENOSYS || e.errno() == Errnos.EPERM : e;
            return false;
        }
    }

    private void clean() {
        try {
            while (true) {
                end(ended.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(int number) throws InterruptedException {
        AttachedFilter gone;
        synchronized (this) {
            gone = attached.remove(number);
        }
        if (gone != null) {
            close(gone, STOP_TIMEOUT);
            tell(() -> context.listener().ended(gone.description()));
        }
    }

    private void close(AttachedFilter filter, Duration longest) throws InterruptedException {
        try {
            filter.close(context.machine().newSyscalls(), longest);
        } catch (SyscallException e) {
            LOG.log(Level.ERROR, "a listener was not closed", e);
        }
    }

    /** Answers the requests that were received, and gives all listeners away. */
    List<ReleasedListener> release() throws InterruptedException {
        Syscalls syscalls = context.machine().newSyscalls();
        List<AttachedFilter> all = end();
        all.forEach(filter -> filter.stopReceiving(syscalls));
        List<ReleasedListener> released = new ArrayList<>();
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (AttachedFilter filter : all) {
            try {
                released.add(filter.release(syscalls, until(deadline)));
            } catch (SyscallException e) {
                LOG.log(Level.ERROR, "a listener was not given away: " + filter.description(), e);
            }
        }
        requests.stop();
        return released;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    /** Takes no more listeners, and returns all. */
    private List<AttachedFilter> end() throws InterruptedException {
        List<AttachedFilter> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(attached.values());
            attached.clear();
        }
        cleaner.interrupt();
        cleaner.join();
        return all;
    }

    /** Answers the requests that wait, and closes all listeners. */
    void close() throws InterruptedException {
        List<AttachedFilter> all = end();
        Syscalls syscalls = context.machine().newSyscalls();
        all.forEach(filter -> filter.stop(syscalls));
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        for (AttachedFilter filter : all) {
            close(filter, until(deadline));
        }
        requests.stop();
    }

    private static void tell(Runnable notification) {
        try {
            notification.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a listener of the mediation failed", e);
        }
    }
}
