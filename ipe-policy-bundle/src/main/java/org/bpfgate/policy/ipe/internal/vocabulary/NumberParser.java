package org.bpfgate.policy.ipe.internal.vocabulary;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

/** Reads numbers in decimal digits. */
final class NumberParser {
    /** Digits in the largest number that is read. */
    private static final int MAX_DIGITS = 10;

    private NumberParser() {}

    /**
     * Reads a number.
     *
     * @param word the word
     * @param what it is, with its article
     * @param least the smallest that is taken
     * @param most the largest that is taken
     */
    static long read(ValueWord word, String what, long least, long most) throws PolicySyntaxException {
        String digits = word.value();
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw notANumber(word, what, i);
            }
        }
        if (digits.isEmpty()) {
            throw notANumber(word, what, 0);
        }
        if (digits.length() > MAX_DIGITS || Long.parseLong(digits) > most || Long.parseLong(digits) < least) {
            throw word.word()
                    .error(
                            Errno.ERANGE,
                            word.start(),
                            what + " is " + (least == 0 ? "at most " : "from " + least + " to ") + most);
        }
        return Long.parseLong(digits);
    }

    private static PolicySyntaxException notANumber(ValueWord word, String what, int at) {
        return word.word()
                .error(
                        Errno.EINVAL,
                        word.start() + at,
                        "expected " + word.beginning() + "NUMBER, " + what + " in decimal digits, found "
                                + word.word().quoted());
    }
}
