package org.bpfgate.policy.ipe.internal.vocabulary;

import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.hook.LsmId;
import org.bpfgate.integrity.IntegrityVerdict;
import org.bpfgate.policy.ipe.internal.property.BpfIntegrity;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads {@code bpf_integrity=LSM:VERDICT}. */
final class IntegrityParser {
    private IntegrityParser() {}

    static BpfIntegrity parse(ValueWord value, List<IntegrityVerdict> verdicts) throws PolicySyntaxException {
        Word word = value.word();
        String beginning = value.beginning();
        int colon = word.text().indexOf(':');
        if (colon < 0) {
            throw word.notThe(beginning + "LSM:VERDICT");
        }
        LsmId verifier = verifier(word, beginning.length(), colon);
        return new BpfIntegrity(verifier, ConstantParser.read(word, word.text().substring(0, colon + 1), verdicts));
    }

    private static LsmId verifier(Word word, int start, int end) throws PolicySyntaxException {
        try {
            return LsmId.named(word.text().substring(start, end));
        } catch (IllegalArgumentException e) {
            throw word.error(
                    Errno.EBADMSG,
                    start,
                    "expected the name of a verifier (up to 32 of a-z, 0-9, - and _, beginning with a letter), found "
                            + word.quoted());
        }
    }
}
