package org.bpfgate.policy.ipe.internal.parser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.DialectCheck;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Word;

/** Reads {@code op=OPERATION}. */
final class OpParser {
    private static final String KEY = "op=";
    private static final List<Op> ALL = List.of(Op.values());

    private final Dialect dialect;

    OpParser(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Reads an operation.
     *
     * @param word where it should be
     * @param others what else may stand there, for the error
     */
    Op parse(Word word, String... others) throws PolicySyntaxException {
        Op op = ConstantParser.find(word, KEY, ALL);
        if (op == null) {
            throw unknown(word, others);
        }
        DialectCheck.refuse(word, word.text(), op.since(), dialect);
        return op;
    }

    private PolicySyntaxException unknown(Word word, String... others) {
        List<Op> known = known();
        List<String> candidates = new ArrayList<>(List.of(others));
        Collections.addAll(candidates, ConstantParser.words(KEY, known));
        StringBuilder expected = new StringBuilder();
        for (String other : others) {
            expected.append(other).append(" or ");
        }
        return word.notThe(
                expected + ConstantParser.expected(KEY, known),
                Suggestion.of(word.text(), candidates.toArray(String[]::new)));
    }

    private List<Op> known() {
        List<Op> known = new ArrayList<>(ALL);
        known.removeIf(op -> !dialect.includes(op.since()));
        return known;
    }
}
