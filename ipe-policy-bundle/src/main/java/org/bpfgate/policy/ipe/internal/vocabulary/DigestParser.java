package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.FileDigest;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads {@code key=ALGORITHM:HEX}. As in the kernel, any algorithm and any length will do, also none. */
final class DigestParser {
    private DigestParser() {}

    static Property property(ValueWord word) throws PolicySyntaxException {
        FileDigest digest = parse(word);
        return word.key().wants(digest, digest.toString());
    }

    static FileDigest parse(ValueWord value) throws PolicySyntaxException {
        Word word = value.word();
        String beginning = value.beginning();
        int colon = word.text().indexOf(':');
        if (colon < 0) {
            throw word.notThe(beginning + "ALGORITHM:HEX");
        }
        String hex = word.text().substring(colon + 1);
        int digits = FileDigest.firstNonHex(hex);
        if (digits < hex.length()) {
            throw word.error(
                    Errno.EINVAL, colon + 1 + digits, "expected a hexadecimal digit in " + beginning + "ALGORITHM:HEX");
        }
        if (digits % 2 != 0) {
            throw word.error(
                    Errno.EINVAL,
                    word.text().length(),
                    "expected an even number of hexadecimal digits after " + beginning + "ALGORITHM:, found " + digits);
        }
        return new FileDigest(word.text().substring(beginning.length(), colon), hex);
    }
}
