package org.bpfgate.kernel.internal.client;

import java.util.Objects;
import org.bpfgate.kernel.internal.syscall.SyscallException;
import org.bpfgate.kernel.internal.syscall.Syscalls;
import org.jspecify.annotations.Nullable;

/** Identifies clients. The directory of the last one stays open, because the next request is mostly its own. For one thread. */
public final class Clients implements AutoCloseable {
    private final Syscalls syscalls;
    private @Nullable ClientDirectory last;

    public Clients(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    /**
     * Identifies a thread. It was the client's if the client still waits afterwards.
     *
     * @throws SyscallException with {@code ENOENT} or {@code ESRCH} when the client is gone
     */
    public ClientStatus of(int tid) throws SyscallException {
        ClientDirectory known = last;
        if (known != null && known.tid() == tid) {
            try {
                return known.read();
            } catch (SyscallException gone) {
                // The thread ended and another one has its id: it is looked up like any other.
            }
        }
        close();
        ClientDirectory found = ClientDirectory.open(syscalls, tid);
        last = found;
        return found.read();
    }

    /** Returns the process of the thread that {@link #of} was last asked about and found. */
    public ProcessKey process() {
        return Objects.requireNonNull(last, "no client was identified").process();
    }

    @Override
    public void close() {
        if (last != null) {
            last.close();
            last = null;
        }
    }
}
