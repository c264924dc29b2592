package org.bpfgate.policy.ipe.parser.internal;

import java.util.ArrayList;
import java.util.List;
import org.bpfgate.policy.ipe.eval.internal.Action;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.Op;
import org.bpfgate.policy.ipe.eval.internal.Property;

/**
 * Reads one line after the header, a rule or a default. The order of the checks is the kernel's: all words but the last from
 * left to right, then the last one, which is the action, then whether the line as a whole makes sense.
 */
final class StatementParser {
    private static final String DEFAULT = "DEFAULT";
    private static final String ACTION = "action=";
    private static final List<Action> ACTIONS = List.of(Action.values());

    private final OpParser ops;
    private final PropertyParser properties;

    StatementParser(Dialect dialect) {
        ops = new OpParser(dialect);
        properties = new PropertyParser(dialect);
    }

    /** Reads a line and adds what it says to a policy. */
    void parse(Line line, PolicyBuilder policy) throws PolicySyntaxException {
        Words words = new Words(line);
        if (!words.isLast() && words.current().text().equals(DEFAULT)) {
            words.advance();
            parseDefault(words, line, policy);
        } else {
            parseRule(words, line, policy);
        }
    }

    private void parseDefault(Words words, Line line, PolicyBuilder policy) throws PolicySyntaxException {
        Op op = null;
        if (!words.isLast()) {
            op = ops.parse(words.current());
            words.advance();
        }
        Word afterOp = words.current();
        boolean hasProperties = !readProperties(words).isEmpty();
        Action action = readAction(words.current());
        if (hasProperties) {
            throw afterOp.notThe("the action, because a default has no properties");
        }
        policy.addDefault(op, action, line);
    }

    private void parseRule(Words words, Line line, PolicyBuilder policy) throws PolicySyntaxException {
        if (words.isLast()) {
            readAction(words.current());
            throw words.current().notThe("DEFAULT or op=OPERATION before the action");
        }
        Op op = ops.parse(words.current(), DEFAULT);
        words.advance();
        List<Property> conditions = readProperties(words);
        policy.addRule(op, conditions, readAction(words.current()), line);
    }

    private List<Property> readProperties(Words words) throws PolicySyntaxException {
        List<Property> read = new ArrayList<>();
        while (!words.isLast()) {
            read.add(properties.parse(words.current()));
            words.advance();
        }
        return read;
    }

    private static Action readAction(Word last) throws PolicySyntaxException {
        Action action = Choice.find(last, ACTION, ACTIONS);
        if (action == null) {
            String[] candidates = Choice.words(ACTION, ACTIONS);
            throw last.notThe(
                    Choice.expected(ACTION, ACTIONS) + " as the last word", NearMiss.hint(last.text(), candidates));
        }
        return action;
    }
}
