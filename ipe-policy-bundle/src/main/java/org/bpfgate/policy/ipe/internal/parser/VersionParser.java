package org.bpfgate.policy.ipe.internal.parser;

import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.policy.PolicyVersion;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Word;

/**
 * Reads {@code N.N.N}, each number as the kernel's {@code kstrtou16()} does: decimal, with one leading {@code +} allowed. Goes
 * from left to right, and the first fault wins.
 */
final class VersionParser {
    private static final int PARTS = 3;

    /** {@code U64_MAX}: digits beyond it are an overflow to the kernel even when something else follows them. */
    private static final String U64_MAX = "18446744073709551615";

    private VersionParser() {}

    /** Reads the version that begins at an offset of the word. */
    static PolicyVersion parse(Word word, int offset) throws PolicySyntaxException {
        int[] parts = new int[PARTS];
        int count = 0;
        for (int start = offset; start <= word.text().length(); start = endOfPart(word, start) + 1) {
            if (count == PARTS) {
                throw word.error(Errno.EBADMSG, start, "expected three parts in a version, found a fourth");
            }
            parts[count++] = number(word, start, endOfPart(word, start));
        }
        if (count < PARTS) {
            throw word.error(
                    Errno.EBADMSG, word.text().length(), "expected three parts in a version, found only " + count);
        }
        return new PolicyVersion(parts[0], parts[1], parts[2]);
    }

    private static int endOfPart(Word word, int start) {
        int dot = word.text().indexOf('.', start);
        return dot < 0 ? word.text().length() : dot;
    }

    private static int number(Word word, int start, int end) throws PolicySyntaxException {
        int first = word.text().startsWith("+", start) ? start + 1 : start;
        int afterDigits = skip(word.text(), first, end, '0', '9');
        String significant = word.text().substring(skip(word.text(), first, afterDigits, '0', '0'), afterDigits);
        if (isAbove(significant, U64_MAX)) {
            throw outOfRange(word, start);
        }
        if (first == afterDigits || afterDigits < end) {
            throw word.error(
                    Errno.EINVAL,
                    afterDigits,
                    "expected a number from 0 to 65535 in the version, found " + word.quoted());
        }
        if (isAbove(significant, Integer.toString(PolicyVersion.MAX_PART))) {
            throw outOfRange(word, start);
        }
        return significant.isEmpty() ? 0 : Integer.parseInt(significant);
    }

    private static int skip(String text, int from, int end, char low, char high) {
        int at = from;
        while (at < end && text.charAt(at) >= low && text.charAt(at) <= high) {
            at++;
        }
        return at;
    }

    /** Compares numbers in decimal digits without leading zeros. */
    private static boolean isAbove(String digits, String limit) {
        return digits.length() > limit.length() || (digits.length() == limit.length() && digits.compareTo(limit) > 0);
    }

    private static PolicySyntaxException outOfRange(Word word, int start) {
        return word.error(Errno.ERANGE, start, "a part of a version is at most 65535");
    }
}
