package org.bpfgate.policy.ipe.internal.parser;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.hook.Errno;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Action;
import org.bpfgate.policy.ipe.internal.property.AnyOf;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.ConstantParser;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.Lexer;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Suggestion;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.bpfgate.policy.ipe.internal.text.Word;
import org.bpfgate.policy.ipe.internal.vocabulary.PropertyParser;

/**
 * Reads one line after the header, a rule or a default. The order of the checks is the kernel's: all words but the last from
 * left to right, then the last one, which is the action, then whether the line as a whole makes sense.
 */
final class StatementParser {
    /** The first word of a default. */
    static final String DEFAULT = "DEFAULT";

    private static final String ACTION = "action=";
    private static final List<Action> ACTIONS = List.of(Action.values());

    private static final int MAX_COMBINATIONS = 10_000;

    private final OpParser ops;
    private final PropertyParser properties;

    StatementParser(Dialect dialect) {
        ops = new OpParser(dialect);
        properties = new PropertyParser(dialect);
    }

    /** Reads a line. */
    Statement parse(Line line) throws PolicySyntaxException {
        Lexer words = new Lexer(line);
        if (!words.isLast() && words.current().text().equals(DEFAULT)) {
            words.advance();
            return parseDefault(words, line);
        }
        return parseRule(words, line);
    }

    private Statement.Default parseDefault(Lexer words, Line line) throws PolicySyntaxException {
        Token<Op> op = null;
        if (!words.isLast()) {
            op = readOp(words);
        }
        Word afterOp = words.current();
        boolean hasProperties = !readProperties(words).isEmpty();
        Token<Action> action = readAction(words.current());
        if (hasProperties) {
            throw afterOp.notThe("the action, because a default has no properties");
        }
        return new Statement.Default(line, op, action);
    }

    private Statement.Conditional parseRule(Lexer words, Line line) throws PolicySyntaxException {
        if (words.isLast()) {
            readAction(words.current());
            throw words.current().notThe("DEFAULT or op=OPERATION before the action");
        }
        Token<Op> op = readOp(words, DEFAULT);
        List<Token<Property>> conditions = readProperties(words);
        refuseTooMany(conditions);
        return new Statement.Conditional(line, op, conditions, readAction(words.current()));
    }

    /** The tools look at each combination of the values of a rule's sets. */
    private static void refuseTooMany(List<Token<Property>> conditions) throws PolicySyntaxException {
        long combinations = 1;
        for (Token<Property> condition : conditions) {
            combinations *=
                    condition.value() instanceof AnyOf set ? set.members().size() : 1;
            if (combinations > MAX_COMBINATIONS) {
                throw new PolicySyntaxException(new Diagnostic(
                        Errno.ERANGE,
                        condition.word().line(),
                        condition.word().column(),
                        "the sets of a rule have at most " + MAX_COMBINATIONS
                                + " combinations of their values: write several rules",
                        null));
            }
        }
    }

    private Token<Op> readOp(Lexer words, String... others) throws PolicySyntaxException {
        Token<Op> op = new Token<>(words.current(), ops.parse(words.current(), others));
        words.advance();
        return op;
    }

    private List<Token<Property>> readProperties(Lexer words) throws PolicySyntaxException {
        List<Token<Property>> read = new ArrayList<>();
        while (!words.isLast()) {
            read.add(new Token<>(words.current(), properties.parse(words.current())));
            words.advance();
        }
        return read;
    }

    private static Token<Action> readAction(Word last) throws PolicySyntaxException {
        Action action = ConstantParser.find(last, ACTION, ACTIONS);
        if (action == null) {
            String[] candidates = ConstantParser.words(ACTION, ACTIONS);
            throw last.notThe(
                    ConstantParser.expected(ACTION, ACTIONS) + " as the last word",
                    Suggestion.of(last.text(), candidates));
        }
        return new Token<>(last, action);
    }
}
