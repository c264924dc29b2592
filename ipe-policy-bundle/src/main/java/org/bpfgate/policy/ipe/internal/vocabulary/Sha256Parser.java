package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.event.Sha256;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads {@code key=sha256:HEX} of this gate's own properties, where nothing but a whole digest makes sense. */
final class Sha256Parser {
    private static final String ALGORITHM = "sha256:";

    private Sha256Parser() {}

    /** The value of an event is the hexadecimal digits alone. */
    static Property property(ValueWord word) throws PolicySyntaxException {
        Sha256 digest = parse(word);
        return word.key().wants(digest.hex(), digest.toString());
    }

    static Sha256 parse(ValueWord value) throws PolicySyntaxException {
        Word word = value.word();
        String beginning = value.beginning();
        FileDigest digest = DigestParser.parse(value);
        if (!word.text().startsWith(ALGORITHM, beginning.length())) {
            throw word.notThe(beginning + ALGORITHM + "HEX");
        }
        if (digest.hex().length() != Sha256.DIGITS) {
            throw word.error(
                    Errno.EINVAL,
                    beginning.length() + ALGORITHM.length(),
                    "expected 64 hexadecimal digits after " + beginning + ALGORITHM + ", found "
                            + digest.hex().length());
        }
        return new Sha256(digest.hex());
    }
}
