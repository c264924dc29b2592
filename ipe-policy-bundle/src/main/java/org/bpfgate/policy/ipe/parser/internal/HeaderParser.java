package org.bpfgate.policy.ipe.parser.internal;

import org.bpfgate.policy.ipe.eval.internal.PolicyHeader;
import org.bpfgate.policy.ipe.eval.internal.PolicyVersion;

/** Reads the first statement of a policy, {@code policy_name=NAME policy_version=N.N.N}. */
final class HeaderParser {
    /** The header as errors show it. */
    static final String FORM = "policy_name=NAME policy_version=N.N.N";

    private static final String NAME = "policy_name=";
    private static final String VERSION = "policy_version=";

    private HeaderParser() {}

    static PolicyHeader parse(Line line) throws PolicySyntaxException {
        Words words = new Words(line);
        String name = field(words.current(), NAME).text().substring(NAME.length());
        if (words.isLast()) {
            throw line.missing("expected " + VERSION + " in " + FORM + ", found the end of the line");
        }
        PolicyVersion version = VersionParser.parse(field(words.advance(), VERSION), VERSION.length());
        if (!words.isLast()) {
            throw words.advance().notThe("the end of the line after " + FORM);
        }
        return new PolicyHeader(name, version);
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
        return word.notThe(key + " in " + FORM, NearMiss.hint(word.key() + "=", key));
    }
}
