package org.bpfgate.policy.ipe.internal.parser;

import java.util.List;
import java.util.Optional;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;

/**
 * A policy text as far as it can be read, for tools that report all errors at once or refer to single words. Immutable.
 *
 * @param dialect the vocabulary by which it was read
 * @param statements the lines without errors, in the order of the text; the header is the first, if it has none
 * @param errors the errors in the order of the text, the kernel's own first; at most {@link PolicyParser#MAX_ERRORS}
 * @param misplaced comments about the dialect that are not read
 * @param policy the policy; there is one exactly when there are no errors
 */
public record PolicySource(
        Dialect dialect,
        List<Statement> statements,
        List<Diagnostic> errors,
        List<Comments.Misplaced> misplaced,
        Optional<Policy> policy) {
    /** Copies the lists. */
    public PolicySource {
        misplaced = List.copyOf(misplaced);
        statements = List.copyOf(statements);
        errors = List.copyOf(errors);
    }
}
