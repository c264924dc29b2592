package org.bpfgate.control;

import java.util.Objects;

/** Why a request was not fulfilled. The message is one line for people: what is wrong, where, and what to do. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** Makes the answer to a request that is not fulfilled. */
    public ControlException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind);
    }

    /** Returns the kind, which decides about the exit code of the command line. */
    public Kind kind() {
        return kind;
    }

    /** What went wrong. In every case nothing has changed. */
    public enum Kind {
        /** The gate or a module failed: exit code 1. */
        FAILED("failed"),

        /** The request is wrong: an unknown verb, argument or name: exit code 2. */
        USAGE("usage"),

        /** A file that the request names cannot be read or parsed: exit code 3. */
        BAD_INPUT("bad-input"),

        /** A check refused it: exit code 10. */
        REFUSED("refused");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns the word of the protocol. */
        public String word() {
            return word;
        }
    }
}
