package org.bpfgate.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.jspecify.annotations.Nullable;

/**
 * Whether two policies decide alike. Immutable.
 *
 * @param byFirst an event that only the first policy allows; null when none was found
 * @param bySecond an event that only the second policy allows; null when none was found
 * @param exhaustive whether the search came to its end, so that what was not found does not exist
 */
public record PolicyDifference(
        @Nullable Witness byFirst, @Nullable Witness bySecond, boolean exhaustive) {
    /** Returns whether the policies decide alike on every event: certain, not merely likely. */
    public boolean isNone() {
        return exhaustive && byFirst == null && bySecond == null;
    }

    /** Returns an event that only the first policy allows. */
    public Optional<Witness> allowedOnlyByFirst() {
        return Optional.ofNullable(byFirst);
    }

    /** Returns an event that only the second policy allows. */
    public Optional<Witness> allowedOnlyBySecond() {
        return Optional.ofNullable(bySecond);
    }

    /**
     * An event on which the policies differ.
     *
     * @param op the operation as the language names it; {@code UNKNOWN} for one that no dialect has
     * @param facts what is so about the event, in words of the language, such as {@code bpf_signature=OK}; of a thing with a value
     *     that neither policy names, {@code any other} and the key. What is not told makes no difference
     * @param first the line of the first policy that decides; null when it has none for such an event
     * @param second the same of the second policy
     */
    public record Witness(
            String op,
            List<String> facts,
            @Nullable PolicyBasis first,
            @Nullable PolicyBasis second) {
        /** Copies the list. */
        public Witness {
            Objects.requireNonNull(op);
            facts = List.copyOf(facts);
        }

        /** Returns the line of the first policy that decides; empty when it has none for such an event. */
        public Optional<PolicyBasis> firstBasis() {
            return Optional.ofNullable(first);
        }

        /** Returns the line of the second policy that decides; empty when it has none for such an event. */
        public Optional<PolicyBasis> secondBasis() {
            return Optional.ofNullable(second);
        }
    }
}
