package org.bpfgate.kernel.internal.command;

import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** One command that is performed for a client from a copy. The three steps are called in this order, each once. */
interface MediatedOperation extends AutoCloseable {
    /** Asks the modules before the kernel is called. */
    default HookResult preCheck() throws SyscallException {
        return HookResult.ALLOW;
    }

    /** Calls the kernel; returns our descriptor of the result. */
    int execute() throws SyscallException;

    /** Asks the modules about the descriptor that the client would get. */
    HookResult postCheck(int fd) throws SyscallException;

    /** Returns the object in words for people; empty while it is not known. */
    String object();

    /** Frees the object in the modules, as far as they know it. What the kernel keeps is out of the gate's sight. */
    @Override
    void close();
}
