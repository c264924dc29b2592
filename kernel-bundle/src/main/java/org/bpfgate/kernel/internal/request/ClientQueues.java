package org.bpfgate.kernel.internal.request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bpfgate.kernel.internal.client.ProcessKey;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the received requests are answered at the same time. What one client takes from the gate is bounded, however
 * many threads it has, however many of them wait for ever, and whatever for: further requests wait behind its own. Safe for use by
 * several threads.
 *
 * <p>Bounds:
 *
 * <ul>
 *   <li>{@value #PER_PROCESS} requests of a process,
 *   <li>{@value #PER_USER} requests of the processes of a user,
 *   <li>{@value #IN_ALL} requests, and {@value #RESERVED} more of users that have none under way.
 * </ul>
 *
 * <p>The requests of a process begin in the order in which they were received; of the processes that wait, the one begins that has
 * waited longest and may, those of a user with none under way first.
 *
 * @param <R> a request, compared by identity
 */
public final class ClientQueues<R> {
    /** As many as a loader with threads of its own keeps busy on a small machine. */
    public static final int PER_PROCESS = 4;

    /** A quarter of all: the other users find room whatever three of them do. */
    static final int PER_USER = 128;

    /** Each takes a thread, of which only the used part of its stack takes memory, and a second one while it looks up a path. */
    static final int IN_ALL = 512;

    /** Few users of a host load programs at the same time. */
    static final int RESERVED = 64;

    private final int perProcess;
    private final int perUser;
    private final int inAll;
    private final int reserved;

    /** Processes with a request, in the order in which they came to have one. */
    private final Map<ProcessKey, Group<R>> processes = new LinkedHashMap<>();

    private final Map<Long, Integer> users = new HashMap<>();
    private int underWay;

    /**
     * A request that waits.
     *
     * @param sinceNanos when it was received
     */
    private record Waiting<R>(R request, long sinceNanos) {}

    /** What keeps a request waiting. */
    public enum Bound {
        PROCESS,
        USER,
        ALL
    }

    /**
     * A request that has waited too long.
     *
     * @param bound what it waits for
     */
    public record Stuck<R>(R request, Bound bound) {}

    /** What one process asks for. */
    private static final class Group<R> {
        final ProcessKey owner;
        final long uid;
        final Deque<Waiting<R>> waiting = new ArrayDeque<>();
        int underWay;
        long progressNanos;

        Group(ProcessKey owner, long uid, long now) {
            this.owner = owner;
            this.uid = uid;
            progressNanos = now;
        }
    }

    public ClientQueues() {
        this(PER_PROCESS, PER_USER, IN_ALL, RESERVED);
    }

    ClientQueues(int perProcess, int perUser, int inAll, int reserved) {
        this.perProcess = perProcess;
        this.perUser = perUser;
        this.inAll = inAll;
        this.reserved = reserved;
    }

    /**
     * Takes a request that was received.
     *
     * @param uid the user of the process; that of its first request counts as long as it has one
     * @param now the time in nanoseconds, of a clock that only goes forward
     * @return true when the caller is to answer it now, and to call {@link #end} then; false when it waits, and a later {@code end}
     *     or {@link #withoutProgress} gives it out
     */
    public synchronized boolean begin(R request, ProcessKey owner, long uid, long now) {
        Group<R> process = processes.computeIfAbsent(owner, any -> new Group<>(any, uid, now));
        if (process.waiting.isEmpty() && mayBegin(process)) {
            count(process, 1);
            return true;
        }
        process.waiting.add(new Waiting<>(request, now));
        return false;
    }

    private boolean mayBegin(Group<R> process) {
        return underWay < inAll + (isFirstOfUser(process) ? reserved : 0)
                && process.underWay < perProcess
                && users.getOrDefault(process.uid, 0) < perUser;
    }

    private boolean isFirstOfUser(Group<R> process) {
        return !users.containsKey(process.uid);
    }

    private void count(Group<R> process, int difference) {
        underWay += difference;
        process.underWay += difference;
        users.merge(process.uid, difference, (a, b) -> a + b == 0 ? null : a + b);
    }

    /**
     * Takes note that a request is over.
     *
     * @return one that waited and that the caller is to answer now; null when there is none. One is enough: whatever kept others
     *     waiting has one less and then one more again, as those that may take reserved places go first
     */
    synchronized @Nullable public R end(ProcessKey owner, long now) {
        Group<R> process = processes.get(owner);
        if (process == null || process.underWay == 0) {
            throw new IllegalStateException("no request of " + owner + " is under way");
        }
        count(process, -1);
        process.progressNanos = now;
        removeIfDone(process);
        return next(now);
    }

    private @Nullable R next(long now) {
        R first = next(now, true);
        return first == null ? next(now, false) : first;
    }

    private @Nullable R next(long now, boolean ofNewUsers) {
        for (Group<R> process : processes.values()) {
            boolean mayBegin = (!ofNewUsers || isFirstOfUser(process)) && mayBegin(process);
            Waiting<R> first = mayBegin ? process.waiting.poll() : null;
            if (first != null) {
                count(process, 1);
                process.progressNanos = now;
                // The others go first next time.
                processes.remove(process.owner);
                processes.put(process.owner, process);
                return first.request();
            }
        }
        return null;
    }

    private void removeIfDone(Group<R> process) {
        if (process.underWay == 0 && process.waiting.isEmpty()) {
            processes.remove(process.owner);
        }
    }

    /**
     * Gives out the requests that have waited for some time in which no request of their process has begun from the queue or ended.
     * They are no concern of this object any more.
     *
     * @param longestNanos how long that is
     */
    public synchronized List<Stuck<R>> withoutProgress(long now, long longestNanos) {
        List<Stuck<R>> stuck = new ArrayList<>();
        for (Group<R> process : List.copyOf(processes.values())) {
            if (now - process.progressNanos >= longestNanos) {
                List<R> old = new ArrayList<>();
                takeOld(process, now - longestNanos, old);
                Bound bound = bound(process);
                old.forEach(request -> stuck.add(new Stuck<>(request, bound)));
                removeIfDone(process);
            }
        }
        return stuck;
    }

    /** Gives out the requests that wait and that are meant. They are no concern of this object any more. */
    public synchronized List<R> removeWaiting(Predicate<R> which) {
        List<R> removed = new ArrayList<>();
        for (Group<R> process : List.copyOf(processes.values())) {
            process.waiting.removeIf(waiting -> which.test(waiting.request()) && removed.add(waiting.request()));
            removeIfDone(process);
        }
        return removed;
    }

    private Bound bound(Group<R> process) {
        if (process.underWay >= perProcess) {
            return Bound.PROCESS;
        }
        return users.getOrDefault(process.uid, 0) >= perUser ? Bound.USER : Bound.ALL;
    }

    private static <R> void takeOld(Group<R> process, long latestNanos, List<R> to) {
        for (Waiting<R> first = process.waiting.peek();
                first != null && latestNanos - first.sinceNanos() >= 0;
                first = process.waiting.peek()) {
            to.add(process.waiting.remove().request());
        }
    }

    /** Returns how many requests are under way. */
    synchronized int underWay() {
        return underWay;
    }
}
