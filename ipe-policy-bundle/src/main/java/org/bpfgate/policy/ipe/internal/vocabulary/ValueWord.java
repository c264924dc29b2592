package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.text.Word;

/**
 * A word {@code key=value} whose key is known.
 *
 * @param word the whole word
 * @param key the property
 * @param dialect the vocabulary of the policy, for properties whose values differ
 */
record ValueWord(Word word, PropertyKey key, Dialect dialect) {
    /** Returns the key and the {@code =}. */
    String beginning() {
        return key.beginning();
    }

    /** Returns what stands behind the {@code =}; empty when there is no {@code =}. */
    String value() {
        return word.valueAfter(beginning());
    }

    /** Returns where in the word the value begins. */
    int start() {
        return beginning().length();
    }
}
