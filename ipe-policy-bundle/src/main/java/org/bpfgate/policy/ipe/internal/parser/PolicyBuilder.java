package org.bpfgate.policy.ipe.internal.parser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.bpfgate.policy.ipe.internal.policy.Action;
import org.bpfgate.policy.ipe.internal.policy.OpTable;
import org.bpfgate.policy.ipe.internal.policy.Policy;
import org.bpfgate.policy.ipe.internal.policy.PolicyHeader;
import org.bpfgate.policy.ipe.internal.policy.Rule;
import org.bpfgate.policy.ipe.internal.policy.Ruling;
import org.bpfgate.policy.ipe.internal.property.Property;
import org.bpfgate.policy.ipe.internal.text.Diagnostic;
import org.bpfgate.policy.ipe.internal.text.Lexer;
import org.bpfgate.policy.ipe.internal.text.Line;
import org.bpfgate.policy.ipe.internal.text.PolicySyntaxException;
import org.bpfgate.policy.ipe.internal.text.Token;
import org.jspecify.annotations.Nullable;

/** A policy while its lines are being read. */
final class PolicyBuilder {
    private final Dialect dialect;
    private final List<Statement> statements = new ArrayList<>();
    private final Map<Op, Statement.Default> defaults = new EnumMap<>(Op.class);
    private Statement.@Nullable Header header;
    private Statement.@Nullable Default globalDefault;
    private @Nullable Line last;
    private boolean aDefaultIsLost;

    PolicyBuilder(Dialect dialect) {
        this.dialect = dialect;
    }

    void setHeader(Statement.Header read) {
        header = read;
        keep(read);
    }

    /** Adds a line; refuses a second default of the same kind. */
    void add(Statement read) throws PolicySyntaxException {
        if (read instanceof Statement.Default fallback) {
            addDefault(fallback);
        }
        keep(read);
    }

    /** Takes notice of a line that has an error. */
    void passOver(Line line) {
        last = line;
        aDefaultIsLost |= new Lexer(line).current().text().equals(StatementParser.DEFAULT);
    }

    private void keep(Statement read) {
        last = read.line();
        statements.add(read);
    }

    private void addDefault(Statement.Default read) throws PolicySyntaxException {
        Token<Op> op = read.op();
        if (op == null) {
            refuseSecond(globalDefault, read, "the policy");
            globalDefault = read;
        } else {
            refuseSecond(defaults.get(op.value()), read, "op=" + op.value());
            defaults.put(op.value(), read);
        }
    }

    private static void refuseSecond(Statement.@Nullable Default present, Statement.Default second, String of)
            throws PolicySyntaxException {
        if (present != null) {
            throw new Lexer(second.line())
                    .current()
                    .notThe("one default for " + of + ", which has its own at line "
                            + present.line().number());
        }
    }

    /** Returns the lines so far. */
    List<Statement> statements() {
        return Collections.unmodifiableList(statements);
    }

    /** Returns the error of a policy that ends without a default for each operation, unless a default was lost to an error. */
    Optional<Diagnostic> missingDefault() {
        Line end = last;
        if (globalDefault != null || aDefaultIsLost || end == null) {
            return Optional.empty();
        }
        for (Op op : Op.values()) {
            if (dialect.includes(op.since()) && !defaults.containsKey(op)) {
                return Optional.of(
                        end.missing("expected DEFAULT action=ALLOW|DENY, or a default for each operation; op=" + op
                                + " has none at the end of the policy"));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the policy after its last line.
     *
     * @throws IllegalStateException when there was an error
     */
    Policy build(byte[] text) {
        if (header == null) {
            throw new IllegalStateException("a policy has a header");
        }
        PolicyHeader who =
                new PolicyHeader(header.name().value(), header.version().value());
        Map<Op, List<Rule>> rules = rules(who);
        Map<Op, OpTable> tables = new EnumMap<>(Op.class);
        for (Op op : Op.values()) {
            Ruling fallback = fallback(who, defaults.get(op), PolicyBasis.Kind.DEFAULT_OP);
            tables.put(op, new OpTable(rules.getOrDefault(op, List.of()), fallback));
        }
        return new Policy(who, dialect, text, fallback(who, globalDefault, PolicyBasis.Kind.DEFAULT), tables);
    }

    private Map<Op, List<Rule>> rules(PolicyHeader who) {
        Map<Op, List<Rule>> rules = new EnumMap<>(Op.class);
        for (Statement statement : statements) {
            if (statement instanceof Statement.Conditional read) {
                rules.computeIfAbsent(read.op().value(), first -> new ArrayList<>())
                        .add(rule(who, read));
            }
        }
        return rules;
    }

    private static Rule rule(PolicyHeader who, Statement.Conditional read) {
        List<Property> properties = new ArrayList<>();
        for (Token<Property> condition : read.conditions()) {
            properties.add(condition.value());
        }
        return new Rule(properties, ruling(who, read.action().value(), PolicyBasis.Kind.RULE, read.line()));
    }

    private static @Nullable Ruling fallback(
            PolicyHeader who, Statement.@Nullable Default read, PolicyBasis.Kind kind) {
        return read == null ? null : ruling(who, read.action().value(), kind, read.line());
    }

    private static Ruling ruling(PolicyHeader who, Action action, PolicyBasis.Kind kind, Line line) {
        return new Ruling(
                action, new PolicyBasis(who.name(), who.version().toString(), kind, line.number(), line.text()));
    }
}
