package org.bpfgate.audit;

import java.util.Objects;

/**
 * What a policy module bases a decision on: the rule, or the default that held because no rule matched. A policy makes
 * one per rule when it is read, so that a decision only points to it.
 *
 * @param policy the name of the policy
 * @param version the version of the policy, such as {@code 1.0.0}
 * @param kind whether a rule or which default decided
 * @param line the line in the policy's text, counted from 1
 * @param text that line, without its comment
 */
public record PolicyBasis(String policy, String version, Kind kind, int line, String text) {
    /** How a decision was reached; the names are those of the JSON form. */
    public enum Kind {
        /** A rule matched. */
        RULE,
        /** No rule matched; the default of the operation held. */
        DEFAULT_OP,
        /** No rule matched and the operation has no default; the policy's default held. */
        DEFAULT
    }

    /** Refuses nulls and lines before the first. */
    public PolicyBasis {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(version);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(text);
        if (line < 1) {
            throw new IllegalArgumentException("lines are counted from 1, not " + line);
        }
    }
}
