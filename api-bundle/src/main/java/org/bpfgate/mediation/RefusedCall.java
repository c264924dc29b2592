package org.bpfgate.mediation;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.program.LoadClient;

/**
 * One call of bpf(2) that the gate refused without asking a module: it does not know what the kernel would make of it.
 *
 * @param time when the gate received it
 * @param client who called; empty when that was not looked up, or the client was gone
 * @param word the first argument of the call, all 64 bits
 * @param kind why it was refused
 * @param result what the client got; a permissive gate leaves the call to the kernel
 */
public record RefusedCall(Instant time, Optional<LoadClient> client, long word, Kind kind, MediationResult result) {
    /** Why a call is refused. */
    public enum Kind {
        /** The command, or a bit beside it, is not known to this version. The client gets {@code EINVAL}, as from the kernel. */
        UNKNOWN_COMMAND,

        /** The call came as a 32-bit or x32 call. The client gets {@code EPERM} or {@code ENOSYS}. */
        FOREIGN_ABI,

        /**
         * {@code BPF_COMMON_ATTRS} without attributes, which is how libbpf asks whether the kernel has the flag, or on a kernel that
         * has not. The client gets the kernel's own answer, {@code EFAULT} or {@code EINVAL}.
         */
        COMMON_ATTRIBUTES
    }

    /** Refuses nulls. */
    public RefusedCall {
        Objects.requireNonNull(time);
        Objects.requireNonNull(client);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(result);
    }

    /** Returns whether the client got another answer than the kernel would have given: {@code false} for questions of libbpf. */
    public boolean isUnexpected() {
        return kind != Kind.COMMON_ATTRIBUTES;
    }

    /** Returns the command word for people: {@code 0x80000005}. */
    public String wordText() {
        return "0x" + Long.toHexString(word);
    }
}
