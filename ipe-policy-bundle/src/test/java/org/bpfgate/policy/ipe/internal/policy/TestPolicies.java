package org.bpfgate.policy.ipe.internal.policy;

import java.nio.charset.StandardCharsets;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;

/** Policies for tests: the header is line 1. */
public final class TestPolicies {
    private TestPolicies() {}

    /** Reads lines as the dialect bpfgate. */
    public static Policy of(String... lines) {
        return of(Dialect.BPFGATE, lines);
    }

    /** Reads lines as some dialect. */
    public static Policy of(Dialect dialect, String... lines) {
        return parse("policy_name=p policy_version=1.0.0\n" + String.join("\n", lines), dialect);
    }

    /** Reads a whole text, which must be a policy. */
    public static Policy parse(String text, Dialect dialect) {
        try {
            return PolicyParser.parse(text.getBytes(StandardCharsets.ISO_8859_1), dialect);
        } catch (PolicySyntaxException e) {
            throw new AssertionError(e.line() + ":" + e.column(), e);
        }
    }
}
