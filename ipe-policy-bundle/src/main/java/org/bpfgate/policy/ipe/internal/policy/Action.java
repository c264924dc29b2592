package org.bpfgate.policy.ipe.internal.policy;

/** What a rule or a default says; the names are the words of the language. */
public enum Action {
    /** Let it in. */
    ALLOW,

    /** Refuse it with {@code EACCES}. */
    DENY
}
