package org.bpfgate.mediation;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client got for a mediated command.
 *
 * @param fd the file descriptor that it was handed, in its own table; empty when it got none from the gate
 * @param errno the kernel's spelling of the error that it got; empty when it got none from the gate
 * @param reason why, for people, when that is not the decision's reason; may be empty
 * @param tried true when the program was only tried: the kernel was asked whether it accepts it, and what was handed over then is an
 *     inert program in its place
 */
public record MediationResult(OptionalInt fd, Optional<String> errno, String reason, boolean tried) {
    /** Refuses nulls, and a descriptor together with an error. */
    public MediationResult {
        Objects.requireNonNull(reason);
        if (fd.isPresent() && errno.isPresent()) {
            throw new IllegalArgumentException("a command gives a descriptor or an error, not both");
        }
    }

    /** A result that is no trial's. */
    public MediationResult(OptionalInt fd, Optional<String> errno, String reason) {
        this(fd, errno, reason, false);
    }

    /** The program was only tried, which gave this result. */
    public MediationResult ofTrial() {
        return new MediationResult(fd, errno, reason, true);
    }

    /** The command gave this descriptor. */
    public static MediationResult handedOver(int fd) {
        return new MediationResult(OptionalInt.of(fd), Optional.empty(), "");
    }

    /** The command failed. */
    public static MediationResult failed(String errno, String reason) {
        return new MediationResult(OptionalInt.empty(), Optional.of(errno), reason);
    }

    /** The gate only looked on, and the kernel answered the client. */
    public static MediationResult leftToTheKernel() {
        return leftToTheKernel("permissive: left to the kernel");
    }

    /**
     * The gate decided, and the kernel answered the client.
     *
     * @param reason why, for people
     */
    public static MediationResult leftToTheKernel(String reason) {
        return new MediationResult(OptionalInt.empty(), Optional.empty(), reason);
    }
}
