package org.bpfgate.policy.ipe.internal.parser;

import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.bpfgate.policy.ipe.internal.text.Lexer;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads the first statement of a policy, {@code policy_name=NAME policy_version=N.N.N}. */
final class HeaderParser {
    /** The header as errors show it. */
    static final String FORM = "policy_name=NAME policy_version=N.N.N";

    private static final String NAME = "policy_name=";
    private static final String VERSION = "policy_version=";

    private HeaderParser() {}

    static Statement.Header parse(Line line) throws PolicySyntaxException {
        Lexer words = new Lexer(line);
        Word name = field(words.current(), NAME);
        if (words.isLast()) {
            throw new PolicySyntaxException(
                    line.missing("expected " + VERSION + " in " + FORM + ", found the end of the line"));
        }
        Word second = field(words.advance(), VERSION);
        PolicyVersion version = VersionParser.parse(second, VERSION.length());
        if (!words.isLast()) {
            throw words.advance().notThe("the end of the line after " + FORM);
        }
        return new Statement.Header(
                line, new Token<>(name, name.text().substring(NAME.length())), new Token<>(second, version));
    }

    private static Word field(Word word, String key) throws PolicySyntaxException {
        if (!word.text().startsWith(key)) {
            throw wrongKey(word, key);
        }
        if (word.text().length() == key.length()) {
            throw word.notThe("a value after " + key);
        }
        return word;
    }

    /** The key alone is compared with what was meant: a value would hide how near it is. */
    private static PolicySyntaxException wrongKey(Word word, String key) {
        return word.notThe(key + " in " + FORM, Suggestion.of(word.key() + "=", key));
    }
}
