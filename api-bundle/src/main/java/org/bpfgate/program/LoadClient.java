package org.bpfgate.program;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The process that asks for a load, as whoever mediates its bpf(2) calls sees it. What costs work is only looked up when
 * somebody asks, and is then that of the moment of the call at the latest. Safe for use by several threads.
 */
@ConsumerType
public interface LoadClient {
    /** Returns the process id (the kernel's {@code tgid}) in the mediator's pid namespace. */
    int pid();

    /** Returns the id of the calling thread in the mediator's pid namespace. */
    int tid();

    /** Returns the effective user id in the mediator's user namespace; unsigned, 32 bits. */
    long uid();

    /** Returns the name of the calling thread, at most 15 bytes long ({@code TASK_COMM_LEN} of the kernel less one). */
    String comm();

    /** Returns the path of the executable; empty when it cannot be told. */
    Optional<String> executable();

    /** Returns SHA-256 of the executable file's bytes, 64 lower-case hexadecimal digits; empty when it cannot be read. */
    Optional<String> executableSha256();

    /** Returns the systemd unit that the process belongs to, such as {@code cilium.service}; empty outside of any. */
    Optional<String> unit();
}
