package org.bpfgate.policy.ipe.parser.internal;

import org.bpfgate.hook.Errno;

/**
 * One line that says something.
 *
 * @param number counted from 1
 * @param text without comment and trailing white space; begins with the first byte of the line
 */
record Line(int number, String text) {
    /** An error at the end of this line, where something is missing. */
    PolicySyntaxException missing(String message) {
        return new PolicySyntaxException(Errno.EBADMSG, number, text.length() + 1, message);
    }
}
