package org.bpfgate.mediation;

import java.util.List;

/**
 * A command to run under the gate.
 *
 * @param words the command and its arguments; a command without a slash is looked for in {@code PATH}
 * @param permissive true when the gate decides and tells, but blocks and alters nothing
 */
public record MediatedCommand(List<String> words, boolean permissive) {
    /** Copies the words and refuses an empty list and words that no program can be given. */
    public MediatedCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one word");
        }
        for (String word : words) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a word of a command cannot hold a NUL character");
            }
        }
    }
}
