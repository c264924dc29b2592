package org.bpfgate.policy.ipe.internal.tools;

import java.util.function.Supplier;
import org.bpfgate.integrity.SignedContentReader;
import org.bpfgate.policy.PolicyDialect;
import org.bpfgate.policy.PolicyDifference;
import org.bpfgate.policy.PolicyException;
import org.bpfgate.policy.PolicyExplanation;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyTools;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.PolicyPrinter;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.bpfgate.policy.ipe.internal.store.PolicyReader;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.program.ProgramLoad;
import org.bpfgate.stack.LoadDecision;
import org.jspecify.annotations.Nullable;

/** The tools for policies of the IPE language. Holds no policy, so that nothing is loaded before somebody asks. */
public final class IpePolicyTools implements PolicyTools {
    private final Supplier<@Nullable SignedContentReader> signatures;

    /** Makes the tools without a verifier: signed messages are refused. */
    public IpePolicyTools() {
        this(() -> null);
    }

    /**
     * Makes the tools.
     *
     * @param signatures gives the service that verifies; null when there is none at the moment
     */
    public IpePolicyTools(Supplier<@Nullable SignedContentReader> signatures) {
        this.signatures = signatures;
    }

    @Override
    public boolean isSigned(byte[] file) {
        return PolicyReader.isMessage(file);
    }

    @Override
    public byte[] text(byte[] file) throws PolicyException {
        return new PolicyReader(signatures, null).text(file);
    }

    @Override
    public PolicyFindings lint(byte[] policy, @Nullable PolicyDialect dialect) {
        return Linter.lint(policy, PolicyParser.read(policy, ofGate(dialect)));
    }

    @Override
    public PolicyExplanation explain(
            byte[] policy, @Nullable PolicyDialect dialect, ProgramLoad load, LoadDecision decision)
            throws PolicyException {
        return new Explainer(read(policy, dialect), load, decision).explain();
    }

    @Override
    public PolicyDifference diff(byte[] first, byte[] second, @Nullable PolicyDialect dialect) throws PolicyException {
        return new PolicyDiff(read(first, dialect), read(second, dialect), new Budget(Budget.USUAL)).compare();
    }

    @Override
    public byte[] compile(byte[] policy, @Nullable PolicyDialect dialect) throws PolicyException {
        return PolicyPrinter.print(read(policy, dialect));
    }

    private static Policy read(byte[] text, @Nullable PolicyDialect dialect) throws PolicyException {
        Dialect known = ofGate(dialect);
        try {
            return known == null ? PolicyParser.parse(text) : PolicyParser.parse(text, known);
        } catch (PolicySyntaxException e) {
            throw new PolicyException(e.errno(), e.line(), e.column(), String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Dialect ofGate(@Nullable PolicyDialect dialect) {
        return dialect == null ? null : Dialect.valueOf(dialect.name());
    }
}
