package org.bpfgate.policy.ipe.internal.text;

import org.bpfgate.hook.Errno;

/**
 * One line that is not empty.
 *
 * @param number counted from 1
 * @param text without comment and trailing white space; begins with the first byte of the line
 */
public record Line(int number, String text) {
    /** An error at the end of this line, where something is missing. */
    public Diagnostic missing(String problem) {
        return new Diagnostic(Errno.EBADMSG, number, text.length() + 1, problem, null);
    }
}
