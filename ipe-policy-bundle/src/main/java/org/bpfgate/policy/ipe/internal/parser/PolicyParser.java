package org.bpfgate.policy.ipe.internal.parser;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy as the kernel does. A text is a sequence of bytes, never decoded as anything else; the first NUL byte ends
 * it. All methods are safe for use by several threads, keep nothing, and need time and memory in proportion to the text.
 */
public final class PolicyParser {
    /** The most errors that are reported at once. A file with more is probably not a policy. */
    public static final int MAX_ERRORS = 100;

    private PolicyParser() {}

    /**
     * Reads a policy in the dialect that it names itself, or in {@link Dialect#OPS8}.
     *
     * <p>A policy names its dialect in its first line with a byte other than blanks and TABs, when that line consists of
     * {@code #}, {@code dialect:} and {@code ops7}, {@code ops8}, {@code ops9} or {@code bpfgate}, in lower case; blanks and TABs may stand
     * before, between and after these three. Any other line there names none; one that was meant to, such as
     * {@code # dialct: bpfgate}, is an error.
     *
     * @param text the policy
     * @return the policy
     * @throws PolicySyntaxException for the first error, with the number that the kernel returns
     */
    public static Policy parse(byte[] text) throws PolicySyntaxException {
        return policy(read(text, null, 1));
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
        return policy(read(text, dialect, 1));
    }

    /**
     * Reads a text as far as it goes and reports all its errors, at most one per line; the first one is the kernel's.
     *
     * @param text what may be a policy
     * @param dialect its vocabulary; null to let the text name it, as {@link #parse(byte[])} does
     */
    public static PolicySource read(byte[] text, @Nullable Dialect dialect) {
        return read(text, dialect, MAX_ERRORS);
    }

    private static PolicySource read(byte[] text, @Nullable Dialect dialect, int maxErrors) {
        String all = new String(text, StandardCharsets.ISO_8859_1);
        int nul = all.indexOf('\0');
        String content = nul < 0 ? all : all.substring(0, nul);
        DialectComment comment = dialect == null ? DialectComment.of(content) : new DialectComment(dialect, null);
        PolicySource source = new PolicyReader(content, comment, maxErrors).read(text);
        return nul < 0 || source.errors().isEmpty()
                ? source
                : noted(source, "a NUL byte ends the policy after " + nul + " bytes");
    }

    private static PolicySource noted(PolicySource source, String note) {
        List<Diagnostic> errors = new ArrayList<>(source.errors());
        errors.set(0, errors.getFirst().withNote(note));
        return new PolicySource(source.dialect(), source.statements(), errors, source.misplaced(), source.policy());
    }

    private static Policy policy(PolicySource source) throws PolicySyntaxException {
        if (source.policy().isEmpty()) {
            throw new PolicySyntaxException(source.errors().getFirst());
        }
        return source.policy().get();
    }
}
