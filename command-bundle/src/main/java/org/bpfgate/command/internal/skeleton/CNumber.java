package org.bpfgate.command.internal.skeleton;

import org.bpfgate.command.internal.io.InputException;

/** Reads integer constants of C (C17 6.4.4.1). */
final class CNumber {
    private CNumber() {}

    /**
     * Takes a number that must come now.
     *
     * @param limit the largest that is allowed
     * @throws InputException when something else comes, or a larger number
     */
    static long take(CScanner scanner, long limit) throws InputException {
        if (scanner.kind() != CScanner.Kind.NUMBER) {
            throw scanner.fault(scanner.place(), "expected a number");
        }
        long value = value(scanner.text(), limit);
        if (value < 0) {
            throw scanner.fault(scanner.place(), "not a number from 0 to " + limit);
        }
        scanner.next();
        return value;
    }

    /** Returns -1 for what is no number, or too large. */
    private static long value(String spelling, long limit) {
        String digits = withoutSuffix(spelling);
        int radix = 10;
        int at = 0;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            at = 2;
        } else if (digits.startsWith("0")) {
            radix = 8;
        }
        long value = at < digits.length() ? 0 : -1;
        for (int i = at; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            value = value * radix + digit;
            if (digit < 0 || value > limit) {
                return -1;
            }
        }
        return value;
    }

    private static String withoutSuffix(String spelling) {
        int end = spelling.length();
        while (end > 0 && "uUlL".indexOf(spelling.charAt(end - 1)) >= 0) {
            end--;
        }
        return spelling.substring(0, end);
    }
}
