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
     * Limits how many listeners one user may have here; none is limited at first. Root is never limited, nor is what {@link #attach}
     * takes. A further hand-over of the user is refused before its process has put the filter on itself.
     *
     * @param most how many; at least 1
     */
    void limitOfUser(int most);

    /**
     * Mediates a listener that another host gave away ({@link #release}), or that a descriptor store kept when the gate was killed. Requests that
     * the killed gate had received are answered too, as far as they are in the file beside the socket.
     *
     * @param descriptor of the listener; belongs to this host from now on, and is closed when it is not taken
     * @param was its description; its number is kept if it is free
     * @return the description with its number
     * @throws MediationException when it is no listener, or one that this host has already
     */
    AttachedListener attach(int descriptor, AttachedListener was) throws MediationException;

    /**
     * Gives all listeners away, for the next gate, and mediates no longer: requests that were received are answered first, at most some
     * seconds long; later ones wait in the kernel until a listener is attached again. The socket stays until {@link #close}, or until the
     * next gate puts its own in its place: processes that would hand over meanwhile are asked to try again.
     *
     * @return the listeners; whoever gets them closes their descriptors. Empty when this host has ended before
     * @throws InterruptedException when the calling thread is interrupted; listeners that were not returned yet are then closed with this
     *     process
     */
    List<ReleasedListener> release() throws InterruptedException;

    /**
     * Takes no more hand-overs and mediates no longer: waits some seconds for the requests under way, and closes every listener. The kernel
     * answers all later calls with {@code ENOSYS}, unless another process has the listener too. Idempotent.
     */
    @Override
    void close();
}
