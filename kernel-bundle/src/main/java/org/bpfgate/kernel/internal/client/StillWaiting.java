package org.bpfgate.kernel.internal.client;

import org.bpfgate.kernel.internal.syscall.SyscallException;

/**
 * Asks the kernel whether the client of one request still waits for its answer. While it does, its thread id is its own, and the
 * thread has executed no other program. The order of question and use decides what that proves:
 *
 * <ul>
 *   <li>What was read by the client's number <em>before</em> the question was the client's.
 *   <li>What was opened by the number before the question and is bound to an address space, a thread or a file stays the
 *       client's afterwards too, whatever becomes of the number.
 *   <li>What is done by the number <em>after</em> the question may meet another process. The gate does nothing of that kind.
 * </ul>
 */
@FunctionalInterface
public interface StillWaiting {
    /**
     * Returns normally when the client waits.
     *
     * @throws SyscallException with {@code ENOENT} when it does not wait any more
     */
    void require() throws SyscallException;
}
