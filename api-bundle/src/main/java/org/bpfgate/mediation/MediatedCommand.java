package org.bpfgate.mediation;

import java.util.List;

/**
 * A command to run under the gate.
 *
 * @param words the command and its arguments; a command without a slash is looked for in {@code PATH}
 * @param permissive true when the gate decides and tells, but blocks and alters nothing
 * @param confined true when the command and its descendants get a pid namespace, a {@code /proc} and a process group of their
 *     own and lose {@code CAP_SYS_PTRACE}, {@code CAP_SYS_MODULE}, {@code CAP_SYS_RAWIO}, {@code CAP_SYS_BOOT} and
 *     {@code CAP_SYS_CHROOT}; they end with the command
 * @param waitsForDescendants true when the gate goes on after the command's end until all processes that it started have ended;
 *     otherwise the mediated calls of those fail then
 */
public record MediatedCommand(List<String> words, boolean permissive, boolean confined, boolean waitsForDescendants) {
    /** A command whose descendants are not waited for. */
    public MediatedCommand(List<String> words, boolean permissive, boolean confined) {
        this(words, permissive, confined, false);
    }

    /** A command that is not confined, and whose descendants are not waited for. */
    public MediatedCommand(List<String> words, boolean permissive) {
        this(words, permissive, false);
    }

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
