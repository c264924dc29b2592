package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.LinkedHashSet;
import java.util.Set;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.DialectCheck;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads {@code property=value}, and in the dialect bpfgate {@code property={value,value}}. */
public final class PropertyParser {
    private final Dialect dialect;

    public PropertyParser(Dialect dialect) {
        this.dialect = dialect;
    }

    public Property parse(Word word) throws PolicySyntaxException {
        PropertyKey key = PropertyKey.byKey(word.key());
        if (key == null) {
            throw unknown(word);
        }
        DialectCheck.refuse(word, key.key(), key.since(), dialect);
        String value = word.valueAfter(key.beginning());
        if (dialect == Dialect.BPFGATE && (value.startsWith("{") || value.startsWith("!{"))) {
            return set(word, key, value);
        }
        return key.read(word, dialect);
    }

    private Property set(Word word, PropertyKey key, String value) throws PolicySyntaxException {
        if (value.startsWith("!")) {
            throw word.notThe("! before each word instead of before a set: " + key.beginning() + "!A " + key.beginning()
                    + "!B for neither, " + key.beginning() + "{!A,!B} for not both");
        }
        if (!key.takesSet()) {
            throw word.notThe("one value for " + key.beginning());
        }
        int start = key.beginning().length() + 1;
        int end = word.text().length() - 1;
        if (!word.text().endsWith("}") || end < start) {
            throw word.error(
                    Errno.EBADMSG,
                    word.text().length(),
                    "expected } at the end of the set, which has no blanks, found the end of the word");
        }
        return AnyOf.of(members(word, key, start, end));
    }

    private Set<Property> members(Word word, PropertyKey key, int start, int end) throws PolicySyntaxException {
        Set<Property> members = new LinkedHashSet<>();
        int from = start;
        while (from <= end) {
            int comma = word.text().indexOf(',', from);
            int to = comma < 0 ? end : comma;
            if (to == from) {
                throw word.error(Errno.EBADMSG, from, "expected a value in the set " + word.quoted());
            }
            members.add(member(word, key, from, to));
            from = to + 1;
        }
        return members;
    }

    /** Errors at the beginning of the member's own word are errors of the member. */
    private Property member(Word word, PropertyKey key, int from, int to) throws PolicySyntaxException {
        int column = word.column() + from;
        Word alone = new Word(
                key.beginning() + word.text().substring(from, to),
                word.line(),
                column - key.beginning().length());
        try {
            return key.read(alone, dialect);
        } catch (PolicySyntaxException e) {
            throw e.column() == alone.column() ? e.at(column) : e;
        }
    }

    private PolicySyntaxException unknown(Word word) {
        return word.notThe("a property", Suggestion.of(word.key() + "=", PropertyKey.beginningsOf(dialect)));
    }
}
