package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.bpf.Helpers;
import org.bpfgate.policy.ipe.internal.property.BpfHelper;
import org.bpfgate.policy.ipe.internal.property.BpfKfunc;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.jspecify.annotations.Nullable;

/** Reads the words about what a program calls; {@code !} before the name negates them. */
final class CallParser {
    private static final String NOT = "!";
    private static final String PREFIX = "bpf_";

    private CallParser() {}

    static BpfHelper helper(ValueWord value) throws PolicySyntaxException {
        Word word = value.word();
        String beginning = value.beginning();
        String name = nameIn(word, beginning);
        if (Helpers.number(name) == null) {
            throw word.notThe(
                    "a helper function by its name in C, such as " + beginning + "bpf_probe_write_user",
                    suggestion(word, beginning, name));
        }
        return new BpfHelper(name, isWanted(word, beginning));
    }

    static BpfKfunc kfunc(ValueWord value) throws PolicySyntaxException {
        Word word = value.word();
        String beginning = value.beginning();
        String name = nameIn(word, beginning);
        if (!BpfKfunc.isName(name)) {
            throw word.notThe("a kernel function by its name in C, such as " + beginning + "bpf_obj_new_impl");
        }
        return new BpfKfunc(name, isWanted(word, beginning));
    }

    private static boolean isWanted(Word word, String beginning) {
        return !word.valueAfter(beginning).startsWith(NOT);
    }

    private static String nameIn(Word word, String beginning) {
        String value = word.valueAfter(beginning);
        return value.startsWith(NOT) ? value.substring(NOT.length()) : value;
    }

    private static @Nullable String suggestion(Word word, String beginning, String name) {
        String near = Helpers.number(PREFIX + name) == null ? Suggestion.of(name, Helpers.names()) : PREFIX + name;
        return near == null ? null : beginning + (isWanted(word, beginning) ? "" : NOT) + near;
    }
}
