package org.bpfgate.mediation;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of every bpf(2) command that was mediated, exactly once each. */
@ConsumerType
@FunctionalInterface
public interface MediationListener {
    /**
     * Takes a record. Called after the client has its answer, on the thread that gave it, so several at once; the next client of
     * that thread waits until this returns. What it throws is dropped and changes nothing.
     *
     * @param mediated what was asked, decided and done
     */
    void mediated(MediationRecord mediated);

    /**
     * Takes a call of bpf(2) that no module was asked about, because the gate refuses its command word or the way it took into
     * the kernel. Called as {@link #mediated} is. Does nothing unless it is overridden.
     *
     * @param refused what was called and what the client got
     */
    default void refused(RefusedCall refused) {
        // Who only wants to know of decisions need not override this.
    }

    /**
     * The command has ended, and processes that it started still run under its filter. Called once, and again with {@code false} when
     * the wait for them is ended by a signal. Does nothing unless it is overridden.
     *
     * @param areAwaited true when the gate goes on until they end; false when it ends now: the kernel then refuses their mediated
     *     calls with {@code ENOSYS}
     */
    default void descendantsRemain(boolean areAwaited) {
        // Who only wants to know of decisions need not override this.
    }

    /**
     * A {@link ListenerHost} mediates a listener from now on. Called before the process that handed it over goes on; what it throws is
     * dropped. Does nothing unless it is overridden.
     *
     * @param attached the listener
     * @param descriptor that of the listener, open until this returns: for a descriptor store
     */
    default void attached(AttachedListener attached, int descriptor) {
        // Who only wants to know of decisions need not override this.
    }

    /**
     * A {@link ListenerHost} does not mediate a listener any more, because no task is under its filter. Does nothing unless it is
     * overridden.
     */
    default void ended(AttachedListener attached) {
        // Who only wants to know of decisions need not override this.
    }

    /**
     * Returns whether {@link KernelRefusal#log()} is wanted. Then a load that the kernel refuses is made a second time, with a log, when
     * the client wanted none. Always the same value; false unless it is overridden.
     */
    default boolean wantsVerifierLog() {
        return false;
    }

    /**
     * Returns whether the executable, its SHA-256 and the unit of clients are wanted. Then they are read while the client waits, as for
     * an audit record; else a record has only those that a module asked for. Always the same value; false unless it is overridden.
     */
    default boolean wantsClient() {
        return false;
    }
}
