package org.bpfgate.policy;

import java.util.List;

/**
 * What there is to say against a text. Immutable.
 *
 * @param errors why it does not load, in the order of the text: the first is the kernel's own; at most 100
 * @param warnings what is suspicious, in the order of the text; none are looked for in a text with errors
 */
public record PolicyFindings(List<PolicyFault> errors, List<PolicyWarning> warnings) {
    /** Copies the lists. */
    public PolicyFindings {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /** Returns whether the text is a policy. */
    public boolean loads() {
        return errors.isEmpty();
    }
}
