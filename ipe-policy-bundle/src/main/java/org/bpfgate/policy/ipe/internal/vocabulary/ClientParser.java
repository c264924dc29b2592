package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;

/** Reads the words about the process that asks. */
final class ClientParser {
    /** The largest {@code uid_t}, {@code U32_MAX}. */
    private static final long MAX_UID = 0xffff_ffffL;

    /** The longest name of a unit that systemd takes, {@code UNIT_NAME_MAX} less the NUL. */
    private static final int MAX_UNIT_LENGTH = 255;

    private static final String UNIT_PUNCTUATION = ":-_.\\@";

    private ClientParser() {}

    static Property uid(ValueWord word) throws PolicySyntaxException {
        long uid = NumberParser.read(word, "a user id", 0, MAX_UID);
        return word.key().wants(uid, Long.toString(uid));
    }

    static Property unit(ValueWord word) throws PolicySyntaxException {
        String unit = word.value();
        String example = "such as " + word.beginning() + "cilium.service";
        if (!isUnit(unit)) {
            throw word.word().notThe("a systemd unit with its type, " + example);
        }
        String type = unit.substring(unit.lastIndexOf('.') + 1);
        if (!UnitType.isKnown(type)) {
            String near = Suggestion.of(type, UnitType.names());
            String name = word.beginning() + unit.substring(0, unit.lastIndexOf('.') + 1);
            throw word.word()
                    .notThe("a systemd unit of a type that systemd has, " + example, near == null ? null : name + near);
        }
        return word.key().wants(unit, unit);
    }

    /** Returns whether a text is a name and a type parted by a dot, of the characters of systemd.unit(5), up to 255. */
    private static boolean isUnit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z')
                    && !(c >= 'A' && c <= 'Z')
                    && !(c >= '0' && c <= '9')
                    && UNIT_PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        int dot = text.lastIndexOf('.');
        return dot > 0 && dot < text.length() - 1 && text.length() <= MAX_UNIT_LENGTH;
    }
}
