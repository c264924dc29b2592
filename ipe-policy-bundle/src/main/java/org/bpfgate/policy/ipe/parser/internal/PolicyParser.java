package org.bpfgate.policy.ipe.parser.internal;

import java.nio.charset.StandardCharsets;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.Policy;

/**
 * Reads a policy as the kernel does. A text is a sequence of bytes, never decoded as anything else; the first NUL byte ends
 * it. All methods are safe for use by several threads, keep nothing, and need time and memory in proportion to the text.
 */
public final class PolicyParser {
    private PolicyParser() {}

    /**
     * Reads a policy in the dialect that it names itself, or in {@link Dialect#OPS8}.
     *
     * <p>A policy names its dialect in its first line with a byte other than blanks and TABs, when that line consists of
     * {@code #}, {@code dialect:} and {@code ops7}, {@code ops8} or {@code bpfgate}, in lower case; blanks and TABs may stand
     * before, between and after these three. Any other line there names none.
     *
     * @param text the policy
     * @return the policy
     * @throws PolicySyntaxException for the first error, with the number that the kernel returns
     */
    public static Policy parse(byte[] text) throws PolicySyntaxException {
        String said = upToNul(text);
        return parse(text, said, DialectComment.of(said));
    }

    /**
     * Reads a policy in a dialect, whatever the policy says about that itself.
     *
     * @param text the policy
     * @param dialect its vocabulary
     * @return the policy
     * @throws PolicySyntaxException for the first error, with the number that the kernel returns
     */
    public static Policy parse(byte[] text, Dialect dialect) throws PolicySyntaxException {
        return parse(text, upToNul(text), dialect);
    }

    private static String upToNul(byte[] text) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int nul = all.indexOf('\0');
        return nul < 0 ? all : all.substring(0, nul);
    }

    private static Policy parse(byte[] text, String said, Dialect dialect) throws PolicySyntaxException {
        try {
            return parseLines(said, dialect).build(text);
        } catch (PolicySyntaxException e) {
            throw said.length() == text.length
                    ? e
                    : e.withNote("a NUL byte ends the policy after " + said.length() + " bytes");
        }
    }

    private static PolicyBuilder parseLines(String said, Dialect dialect) throws PolicySyntaxException {
        PolicyLines lines = new PolicyLines(said);
        Line line = lines.next();
        if (line == null) {
            throw new PolicySyntaxException(
                    Errno.EBADMSG, 1, 1, "expected " + HeaderParser.FORM + ", found nothing but blanks and comments");
        }
        PolicyBuilder policy = new PolicyBuilder(dialect, line);
        StatementParser statements = new StatementParser(dialect);
        for (line = lines.next(); line != null; line = lines.next()) {
            statements.parse(line, policy);
        }
        return policy;
    }
}
