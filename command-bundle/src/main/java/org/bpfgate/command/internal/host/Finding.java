package org.bpfgate.command.internal.host;

import java.util.Locale;
import java.util.Objects;

/**
 * One fact about the host.
 *
 * @param id names the fact for programs, such as {@code lockdown}
 * @param state what it is worth
 * @param value the fact, such as {@code confidentiality}
 * @param meaning what follows from it for bpf(2), one sentence
 * @param fix what to do, one line; empty when there is nothing to do
 */
public record Finding(String id, State state, String value, String meaning, String fix) {
    /** What a fact is worth. */
    public enum State {
        /** As it should be. */
        OK,
        /** Good to know: it keeps some programs from loading, or explains an error. */
        NOTE,
        /** Keeps this process from loading programs. */
        PROBLEM,
        /** Cannot be told here. */
        UNKNOWN;

        /** Returns the word for reports. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses nulls. */
    public Finding {
        Objects.requireNonNull(id);
        Objects.requireNonNull(state);
        Objects.requireNonNull(value);
        Objects.requireNonNull(meaning);
        Objects.requireNonNull(fix);
    }

    static Finding ok(String id, String value, String meaning) {
        return new Finding(id, State.OK, value, meaning, "");
    }

    static Finding note(String id, String value, String meaning, String fix) {
        return new Finding(id, State.NOTE, value, meaning, fix);
    }

    static Finding problem(String id, String value, String meaning, String fix) {
        return new Finding(id, State.PROBLEM, value, meaning, fix);
    }

    static Finding unknown(String id, String meaning, String fix) {
        return new Finding(id, State.UNKNOWN, "unknown", meaning, fix);
    }
}
