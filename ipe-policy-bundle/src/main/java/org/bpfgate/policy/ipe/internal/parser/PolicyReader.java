package org.bpfgate.policy.ipe.internal.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.PolicyLines;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads one text line by line. A line with an error is left out. Reading ends when there are too many errors. */
final class PolicyReader {
    private final String content;
    private final PolicyLines lines;
    private final Dialect dialect;
    private final int maxErrors;
    private final StatementParser parser;
    private final PolicyBuilder builder;
    private final List<Diagnostic> errors = new ArrayList<>();

    /**
     * Begins to read.
     *
     * @param content the text up to its end, one character per byte
     * @param comment its vocabulary, and what is wrong with the comment that names it
     * @param maxErrors with how many errors to stop
     */
    PolicyReader(String content, DialectComment comment, int maxErrors) {
        this.content = content;
        this.lines = new PolicyLines(content);
        this.dialect = comment.dialect();
        if (comment.error() != null) {
            errors.add(comment.error());
        }
        this.maxErrors = maxErrors;
        this.parser = new StatementParser(dialect);
        this.builder = new PolicyBuilder(dialect);
    }

    /** Reads all of it; the bytes are kept in the policy as they are. */
    PolicySource read(byte[] text) {
        Line line = lines.next();
        if (line == null) {
            errors.add(new Diagnostic(
                    Errno.EBADMSG,
                    1,
                    1,
                    "expected " + HeaderParser.FORM + ", found nothing but blanks and comments",
                    null));
        } else {
            header(line);
            statements();
        }
        Policy policy = policy(text);
        List<Comments.Misplaced> misplaced = maxErrors > 1 ? Comments.misplaced(content) : List.of();
        return new PolicySource(dialect, builder.statements(), errors, misplaced, Optional.ofNullable(policy));
    }

    private void header(Line line) {
        try {
            builder.setHeader(HeaderParser.parse(line));
        } catch (PolicySyntaxException e) {
            errors.add(ForeignSyntaxHint.explained(line, e.diagnostic(), dialect));
        }
    }

    private void statements() {
        for (Line line = lines.next(); line != null && errors.size() < maxErrors; line = lines.next()) {
            try {
                builder.add(parser.parse(line));
            } catch (PolicySyntaxException e) {
                errors.add(ForeignSyntaxHint.explained(line, e.diagnostic(), dialect));
                builder.passOver(line);
            }
        }
    }

    private @Nullable Policy policy(byte[] text) {
        if (errors.size() < maxErrors) {
            builder.missingDefault().ifPresent(errors::add);
        }
        return errors.isEmpty() ? builder.build(text) : null;
    }
}
