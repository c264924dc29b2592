package org.bpfgate.policy.ipe.internal.text;

import org.bpfgate.hook.Errno;

/** A text is not a policy. Carries its first error. */
public final class PolicySyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    /** Wraps an error. */
    public PolicySyntaxException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** The same error at another column of its line. */
    public PolicySyntaxException at(int column) {
        return new PolicySyntaxException(new Diagnostic(
                diagnostic.errno(), diagnostic.line(), column, diagnostic.problem(), diagnostic.suggestion()));
    }

    /** Returns the error. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }

    /** Returns what the kernel returns for this text. */
    public Errno errno() {
        return diagnostic.errno();
    }

    /** Returns the line, counted from 1. */
    public int line() {
        return diagnostic.line();
    }

    /** Returns the column in bytes, counted from 1. */
    public int column() {
        return diagnostic.column();
    }
}
