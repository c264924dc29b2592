package org.bpfgate.integrity.sig.pkcs7.internal;

import java.util.Objects;
import org.bpfgate.hook.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a message came to: the kernel's error number, and a reason for people.
 *
 * @param errno null when the check passed
 * @param reason one line; empty when the check passed
 */
public record Outcome(@Nullable Errno errno, String reason) {
    /** The check passed. */
    static final Outcome PASSED = new Outcome(null, "");

    static Outcome failed(Errno errno, String reason) {
        return new Outcome(Objects.requireNonNull(errno), reason);
    }

    /** Returns whether the check passed. */
    public boolean isPassed() {
        return errno == null;
    }
}
