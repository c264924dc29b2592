package org.bpfgate.mediation;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Mediates the calls of processes that the gate has not started: each puts a filter on itself and hands the filter's listener over on a
 * local socket ({@link Mediator#become}). A listener is mediated until no task is under its filter any more. Safe for use by several
 * threads.
 */
@ProviderType
public interface ListenerHost extends AutoCloseable {
    /** Returns the listeners that are mediated now, by their numbers. */
    List<AttachedListener> attached();

    /**
     * Takes no more hand-overs and mediates no longer: waits some seconds for the requests under way, and closes every listener. The kernel
     * answers all later calls with {@code ENOSYS}, unless another process has the listener too. Idempotent.
     */
    @Override
    void close();
}
