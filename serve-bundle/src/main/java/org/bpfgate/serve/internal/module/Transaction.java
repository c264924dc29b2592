package org.bpfgate.serve.internal.module;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.bpfgate.control.ControlException;
import org.bpfgate.control.ControlException.Kind;
import org.bpfgate.control.ControlPeer;
import org.bpfgate.serve.internal.history.Change;
import org.bpfgate.serve.internal.history.History;
import org.bpfgate.serve.internal.store.IndexFile;
import org.bpfgate.serve.internal.store.ModuleIndex;
import org.bpfgate.stack.SecurityHooks;
import org.osgi.framework.BundleException;

/**
 * Changes the stack and the index together or not at all: what a full disk can spoil comes before the stack changes, and the stack changes
 * back when the index cannot follow. One change at a time; safe for use by several threads.
 */
final class Transaction {
    private final ReentrantLock lock = new ReentrantLock();
    private final SecurityHooks hooks;
    private final IndexFile file;
    private final History history;
    private final Problems problems;
    private volatile ModuleIndex index = ModuleIndex.EMPTY;

    Transaction(SecurityHooks hooks, IndexFile file, History history, Problems problems) {
        this.hooks = hooks;
        this.file = file;
        this.history = history;
        this.problems = problems;
    }

    /** Answers a request. */
    interface Request {
        Map<String, ?> perform() throws ControlException;
    }

    /** Changes the stack, and returns the index that goes with it. */
    interface Step {
        ModuleIndex apply() throws BundleException, ControlException;
    }

    /** Changes the stack back, also when it was not changed. */
    interface Undo {
        void run() throws BundleException;
    }

    /**
     * The generations around a change.
     *
     * @param before the one before it
     * @param after the one after it
     */
    record Generations(long before, long after) {}

    ModuleIndex index() {
        return index;
    }

    /** Reads the index; see {@link IndexFile#read}. */
    void read() throws IOException {
        index = file.read();
    }

    /** Performs a request while no other one is performed. */
    Map<String, ?> exclusively(Request request) throws ControlException {
        lock.lock();
        try {
            return request.perform();
        } finally {
            lock.unlock();
        }
    }

    /** Does something while no request is performed. */
    void exclusively(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs something if no request is being performed. */
    void ifIdle(Runnable work) {
        if (lock.tryLock()) {
            try {
                work.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Makes one change; within {@link #exclusively}.
     *
     * @param what the change, for the history
     * @param planned the index as far as it is known before
     * @throws ControlException when it is not made; then nothing has changed
     */
    Generations change(ControlPeer peer, String what, ModuleIndex planned, Step step, Undo undo)
            throws ControlException {
        return change(peer, what, planned, step, undo, () -> {});
    }

    /**
     * Makes one change; otherwise as without the last argument.
     *
     * @param settled what is left to be done when the change is made and holds
     */
    Generations change(ControlPeer peer, String what, ModuleIndex planned, Step step, Undo undo, Runnable settled)
            throws ControlException {
        long before = hooks.stack().generation();
        boolean done = false;
        ModuleIndex next;
        try {
            file.prepare(planned);
            next = step.apply();
            if (!next.equals(planned)) {
                file.prepare(next);
            }
            file.commit();
            done = true;
        } catch (IOException e) {
            throw failed("nothing has changed: the index of the module store cannot be written", e);
        } catch (BundleException e) {
            throw failed("nothing has changed", e);
        } finally {
            if (!done) {
                file.drop();
                undo(undo, what);
            }
        }
        index = next;
        settled.run();
        long after = hooks.stack().generation();
        history.add(new Change(Instant.now(), peer.uid(), peer.pid(), what, before, after));
        return new Generations(before, after);
    }

    private void undo(Undo undo, String what) {
        try {
            undo.run();
            problems.clear("undo");
        } catch (BundleException e) {
            problems.set(
                    "undo",
                    "the change \"" + what + "\" failed, and the stack could not be changed back: " + e.getMessage()
                            + "; look at bpfgate lsm list");
        }
    }

    /** Changes the index only. */
    void note(ModuleIndex next) throws ControlException {
        try {
            file.prepare(next);
            file.commit();
            index = next;
        } catch (IOException e) {
            file.drop();
            throw failed("the index of the module store cannot be written", e);
        }
    }

    /** Makes the answer to a request that failed for a reason outside of it. */
    static ControlException failed(String what, Exception cause) {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new ControlException(
                Kind.FAILED, what + ": " + message.lines().findFirst().orElse(""));
    }
}
