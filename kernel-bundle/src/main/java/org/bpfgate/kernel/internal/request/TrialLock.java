package org.bpfgate.kernel.internal.request;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps programs that are only tried out of the clients' reach. From the moment that the kernel has accepted a program until the gate
 * has closed it, everybody with enough rights could take a descriptor of it by its number ({@code BPF_PROG_GET_FD_BY_ID}). Clients of
 * this gate cannot: while a program is tried, no such request is performed. Safe for use by several threads.
 */
public final class TrialLock {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Held while a program is tried. */
    public Lock trial() {
        return lock.writeLock();
    }

    /** Held while a program is looked up by its number. */
    public Lock lookup() {
        return lock.readLock();
    }
}
