package org.bpfgate.policy.ipe.internal.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads words that are a fixed beginning, such as {@code action=}, and one of a few values: the names of an enum. */
public final class ConstantParser {
    private ConstantParser() {}

    /** Returns the constant that a word names behind its beginning; null when it names none. */
    public static <E extends Enum<E>> @Nullable E find(Word word, String beginning, List<E> constants) {
        if (word.text().startsWith(beginning)) {
            String value = word.text().substring(beginning.length());
            for (E constant : constants) {
                if (constant.name().equals(value)) {
                    return constant;
                }
            }
        }
        return null;
    }

    /** As {@link #find}, with an error in place of null. */
    public static <E extends Enum<E>> E read(Word word, String beginning, List<E> constants)
            throws PolicySyntaxException {
        E found = find(word, beginning, constants);
        if (found == null) {
            throw word.notThe(expected(beginning, constants), Suggestion.of(word.text(), words(beginning, constants)));
        }
        return found;
    }

    /** Returns the form for messages, such as {@code action=ALLOW|DENY}. */
    public static String expected(String beginning, List<? extends Enum<?>> constants) {
        StringBuilder text = new StringBuilder(beginning);
        for (Enum<?> constant : constants) {
            text.append(text.length() == beginning.length() ? "" : "|").append(constant.name());
        }
        return text.toString();
    }

    /** Returns all words of the form. */
    public static String[] words(String beginning, List<? extends Enum<?>> constants) {
        String[] words = new String[constants.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = beginning + constants.get(i).name();
        }
        return words;
    }
}
