package org.bpfgate.policy.ipe.internal.tools;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpfgate.policy.PolicyFault;
import org.bpfgate.policy.PolicyFindings;
import org.bpfgate.policy.PolicyWarning;
import org.bpfgate.policy.PolicyWarning.Kind;
import org.bpfgate.policy.ipe.internal.bpf.FunctionNames;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.parser.PolicyParser;
import org.bpfgate.policy.ipe.internal.parser.PolicySource;
import org.bpfgate.policy.ipe.internal.parser.Statement;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.search.Budget;
import org.bpfgate.policy.ipe.internal.search.RuleBook;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Puts together what there is to say against one text. */
final class Linter {
    private static final Comparator<PolicyWarning> BY_PLACE =
            Comparator.comparingInt(PolicyWarning::line).thenComparingInt(PolicyWarning::column);

    private final PolicySource source;
    private final Policy policy;
    private final List<PolicyWarning> warnings = new ArrayList<>();

    private Linter(PolicySource source, Policy policy) {
        this.source = source;
        this.policy = policy;
    }

    /** Returns the errors of a text; without errors, what is suspicious. */
    static PolicyFindings lint(byte[] text, PolicySource source) {
        List<PolicyFault> faults = source.errors().stream().map(Linter::fault).toList();
        return source.policy()
                .map(policy -> new PolicyFindings(faults, new Linter(source, policy).warnings(text)))
                .orElseGet(() -> new PolicyFindings(faults, List.of()));
    }

    private static PolicyFault fault(Diagnostic error) {
        return new PolicyFault(error.errno(), error.line(), error.column(), error.message(), error.suggestion());
    }

    private List<PolicyWarning> warnings(byte[] text) {
        dialect(text);
        defaults();
        conditions();
        rules();
        warnings.addAll(PolicyChecks.of(source, policy));
        warnings.sort(BY_PLACE);
        return warnings;
    }

    /** Read by the dialect that it names itself, the text has errors where a word needs another one. */
    private void dialect(byte[] text) {
        PolicySource own = PolicyParser.read(text, null);
        if (!own.errors().isEmpty()) {
            Diagnostic first = own.errors().getFirst();
            warnings.add(new PolicyWarning(
                    Kind.OTHER_DIALECT,
                    first.line(),
                    first.column(),
                    "only loads where the dialect " + policy.dialect().label() + " is set: " + first.message()));
        }
    }

    private void defaults() {
        if (policy.globalDefault() == null && source.statements().getFirst() instanceof Statement.Header header) {
            Word name = header.name().word();
            warnings.add(new PolicyWarning(
                    Kind.NO_DEFAULT,
                    name.line(),
                    name.column(),
                    "no DEFAULT action=ALLOW|DENY for operations that it does not name: " + consequence()));
        }
    }

    private String consequence() {
        for (Op op : Op.values()) {
            if (!policy.dialect().includes(op.since())) {
                return "where op=" + op + " is known it does not load";
            }
        }
        return "where a further operation is known it does not load";
    }

    private void conditions() {
        VocabularyChecks vocabulary = new VocabularyChecks(FunctionNames.ofRunningKernel(), Instant.now());
        for (Statement statement : source.statements()) {
            if (statement instanceof Statement.Conditional rule) {
                warnings.addAll(ConditionChecks.of(rule));
                warnings.addAll(vocabulary.of(rule));
            }
        }
    }

    private void rules() {
        Map<Integer, Word> beginnings = beginnings();
        Budget budget = new Budget(Budget.USUAL);
        for (Op op : Op.values()) {
            for (RuleChecks.Useless useless : new RuleChecks(RuleBook.ofLines(policy, op), budget).find()) {
                int line =
                        Objects.requireNonNull(useless.rule().ruling()).basis().line();
                int column = Objects.requireNonNull(beginnings.get(line)).column();
                warnings.add(new PolicyWarning(useless.kind(), line, column, useless.message()));
            }
        }
    }

    private Map<Integer, Word> beginnings() {
        Map<Integer, Word> beginnings = new HashMap<>();
        for (Statement statement : source.statements()) {
            if (statement instanceof Statement.Conditional rule) {
                beginnings.put(rule.line().number(), rule.op().word());
            }
        }
        return beginnings;
    }
}
