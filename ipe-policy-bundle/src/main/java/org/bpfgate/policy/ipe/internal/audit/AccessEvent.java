package org.bpfgate.policy.ipe.internal.audit;

import java.util.Objects;
import org.bpfgate.audit.AuditClient;
import org.jspecify.annotations.Nullable;

/**
 * What a policy was asked about.
 *
 * @param op the operation in the words of the language; {@code UNKNOWN} when it has none
 * @param hook the hook in the words of the kernel's records
 * @param actor who asked; null when nobody did, as when files are judged before anybody loads them
 * @param file the file concerned; null for none
 * @param program the program concerned; null for none. The kernel's text leaves it out
 */
public record AccessEvent(
        String op,
        String hook,
        @Nullable AuditClient actor,
        @Nullable FileFacts file,
        @Nullable ProgramFacts program) {
    /** Refuses nulls. */
    public AccessEvent {
        Objects.requireNonNull(op);
        Objects.requireNonNull(hook);
    }
}
