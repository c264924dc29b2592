package org.bpfgate.policy.ipe.parser.internal;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.eval.internal.BpfClientUid;
import org.bpfgate.policy.ipe.eval.internal.BpfClientUnit;

/** Reads the words about the process that asks. */
final class ClientWords {
    /** Digits in the largest user id. */
    private static final int MAX_DIGITS = 10;

    private ClientWords() {}

    static BpfClientUid uid(Word word, String beginning) throws PolicySyntaxException {
        String digits = word.valueAfter(beginning);
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw notANumber(word, beginning, i);
            }
        }
        if (digits.isEmpty()) {
            throw notANumber(word, beginning, 0);
        }
        if (digits.length() > MAX_DIGITS || Long.parseLong(digits) > BpfClientUid.MAX) {
            throw word.error(Errno.ERANGE, beginning.length(), "a user id is at most 4294967295");
        }
        return new BpfClientUid(Long.parseLong(digits));
    }

    private static PolicySyntaxException notANumber(Word word, String beginning, int at) {
        return word.error(
                Errno.EINVAL,
                beginning.length() + at,
                "expected " + beginning + "NUMBER, a user id in decimal digits, found " + word.quoted());
    }

    static BpfClientUnit unit(Word word, String beginning) throws PolicySyntaxException {
        String unit = word.valueAfter(beginning);
        if (!BpfClientUnit.isUnit(unit)) {
            throw word.notThe("a systemd unit with its type, such as " + beginning + "cilium.service");
        }
        return new BpfClientUnit(unit);
    }
}
