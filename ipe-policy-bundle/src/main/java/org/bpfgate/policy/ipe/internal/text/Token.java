package org.bpfgate.policy.ipe.internal.text;

import java.util.Objects;

/**
 * A word of a policy and what it means.
 *
 * @param word the word as it is written, with its place
 * @param value its meaning
 * @param <T> the kind of the meaning
 */
public record Token<T>(Word word, T value) {
    /** Refuses nulls. */
    public Token {
        Objects.requireNonNull(word);
        Objects.requireNonNull(value);
    }
}
