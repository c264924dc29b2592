package org.bpfgate.policy;

import java.util.Objects;

/**
 * Something in a policy that loads but hardly means what its author wants. Immutable.
 *
 * @param kind what it is
 * @param line counted from 1
 * @param column in bytes, counted from 1
 * @param message one line for people, without the place
 */
public record PolicyWarning(Kind kind, int line, int column, String message) {
    /** The kinds of warning; the names are those of the JSON form and never change. */
    public enum Kind {
        /** A rule that decides on nothing, because earlier rules match all that it matches. */
        UNREACHABLE("a rule behind others that match all that it matches"),

        /** A rule that no event can match: its conditions exclude each other, or never hold for its operation. */
        CONTRADICTION("a rule whose conditions no event can meet"),

        /** A rule with the conditions and the action of an earlier one. */
        DUPLICATE("a rule that repeats an earlier one"),

        /** A rule that says what the default says where it matters, so that the policy decides the same without it. */
        SAME_AS_DEFAULT("a rule without which the default decides the same"),

        /** {@code bpf_keyring=BUILTIN} without a demand for a signature: it also holds for loads that name no keyring. */
        KEYRING_UNSET("bpf_keyring=BUILTIN that also matches loads that name no keyring"),

        /** No default of the policy itself, so that a kernel with one more operation refuses the policy. */
        NO_DEFAULT("a policy without a default for operations that it does not name"),

        /** A word that the dialect which the policy names itself, or {@code ops8} when it names none, does not have. */
        OTHER_DIALECT("a word that needs another dialect than the policy names"),

        /** A verifier that bpfgate does not have, probably mistyped. */
        UNKNOWN_VERIFIER("a verifier that bpfgate does not have"),

        /** A verdict that the verifier never reports. */
        NEVER_REPORTED("a verdict that the verifier never reports"),

        /** A kernel function that the running kernel does not have, or that programs may not call. */
        UNKNOWN_FUNCTION("a kernel function that the running kernel does not offer"),

        /** A systemd unit of a kind that no process belongs to. */
        NO_PROCESS("a systemd unit that no process belongs to"),

        /** A digest by an algorithm that is not used, or of the wrong length. */
        UNKNOWN_ALGORITHM("a digest that no algorithm makes"),

        /** A digest or fingerprint as examples have it. */
        PLACEHOLDER("a digest that no certificate, program or file has"),

        /** A time that is over. */
        EXPIRED("a rule that does not count any more"),

        /** A rule that denies until some time. */
        OPENS_LATER("a rule that stops denying at some time"),

        /** A rule about an operation on files, which a kernel decides on and this gate does not. */
        FILE_OPERATION("a rule about an operation that bpfgate does not decide on"),

        /** A policy that lets no BPF load in. */
        DENIES_EVERY_LOAD("a policy that denies every BPF load"),

        /** A policy that lets programs in and not the tests that loaders make before them. */
        DENIES_PROBES("a policy that denies the feature probes of loaders"),

        /** A comment that is meant to name the dialect and stands where nobody reads it. */
        DIALECT_UNREAD("a comment about the dialect that is not read"),

        /** The search for rules without effect ended here, because it would have taken too long. */
        UNCHECKED("a policy too large or intricate to check every rule");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /** Returns what it is, a few words for people. */
        public String description() {
            return description;
        }
    }

    /** Refuses nulls and places before the first. */
    public PolicyWarning {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(message);
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("not a place in a text: " + line + ":" + column);
        }
    }
}
