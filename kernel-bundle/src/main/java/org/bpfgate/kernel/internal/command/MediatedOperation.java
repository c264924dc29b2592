package org.bpfgate.kernel.internal.command;

import org.bpfgate.hook.HookResult;
import org.bpfgate.kernel.internal.syscall.SyscallException;

/** How one command is performed for a client, and where the modules are asked. The steps come in this order, each once. */
interface MediatedOperation extends AutoCloseable {
    /** Asks before anything is made. */
    default HookResult permit() throws SyscallException {
        return HookResult.ALLOW;
    }

    /** Performs it; returns our descriptor for what it gives. */
    int perform() throws SyscallException;

    /** Asks about the descriptor that the client would get. */
    HookResult decide(int fd) throws SyscallException;

    /** Returns what it is about, for people; empty as long as that is not known. */
    String object();

    /** Tells the modules that the object goes away, as far as they know it: what the kernel keeps is out of the gate's sight. */
    @Override
    void close();
}
