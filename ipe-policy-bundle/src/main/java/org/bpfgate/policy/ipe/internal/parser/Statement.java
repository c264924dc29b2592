package org.bpfgate.policy.ipe.internal.parser;

import java.util.List;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Action;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.jspecify.annotations.Nullable;

/** One line of a policy as it is written: every word with its place and its meaning. Immutable. */
public sealed interface Statement {
    /** Returns the line. */
    Line line();

    /**
     * {@code policy_name=NAME policy_version=N.N.N}.
     *
     * @param line the line
     * @param name the name, one character per byte
     * @param version the revision
     */
    record Header(Line line, Token<String> name, Token<PolicyVersion> version) implements Statement {}

    /**
     * {@code DEFAULT action=…} or {@code DEFAULT op=… action=…}.
     *
     * @param line the line
     * @param op the operation; null for the default of the policy
     * @param action what it says
     */
    record Default(Line line, @Nullable Token<Op> op, Token<Action> action) implements Statement {}

    /**
     * {@code op=… PROPERTY… action=…}.
     *
     * @param line the line
     * @param op the operation
     * @param conditions the properties, in the order of the text
     * @param action what it says
     */
    record Conditional(Line line, Token<Op> op, List<Token<Property>> conditions, Token<Action> action)
            implements Statement {
        /** Copies the list. */
        public Conditional {
            conditions = List.copyOf(conditions);
        }
    }
}
