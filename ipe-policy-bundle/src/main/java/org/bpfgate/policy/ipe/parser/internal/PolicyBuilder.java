package org.bpfgate.policy.ipe.parser.internal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfgate.audit.PolicyBasis;
import org.bpfgate.policy.ipe.eval.internal.Action;
import org.bpfgate.policy.ipe.eval.internal.Dialect;
import org.bpfgate.policy.ipe.eval.internal.Op;
import org.bpfgate.policy.ipe.eval.internal.OpTable;
import org.bpfgate.policy.ipe.eval.internal.Policy;
import org.bpfgate.policy.ipe.eval.internal.PolicyHeader;
import org.bpfgate.policy.ipe.eval.internal.Property;
import org.bpfgate.policy.ipe.eval.internal.Rule;
import org.bpfgate.policy.ipe.eval.internal.Ruling;
import org.jspecify.annotations.Nullable;

/** A policy while its lines are being read. */
final class PolicyBuilder {
    private final PolicyHeader header;
    private final Dialect dialect;
    private final Map<Op, List<Rule>> rules = new EnumMap<>(Op.class);
    private final Map<Op, Ruling> defaults = new EnumMap<>(Op.class);
    private @Nullable Ruling globalDefault;
    private Line last;

    PolicyBuilder(Dialect dialect, Line first) throws PolicySyntaxException {
        this.dialect = dialect;
        this.last = first;
        this.header = HeaderParser.parse(first);
    }

    void addRule(Op op, List<Property> properties, Action action, Line line) {
        last = line;
        rules.computeIfAbsent(op, first -> new ArrayList<>())
                .add(new Rule(properties, ruling(action, PolicyBasis.Kind.RULE, line)));
    }

    /** Adds the default of an operation, or of the policy when there is no operation. */
    void addDefault(@Nullable Op op, Action action, Line line) throws PolicySyntaxException {
        last = line;
        if (op == null) {
            refuseSecond(globalDefault, line, "the policy");
            globalDefault = ruling(action, PolicyBasis.Kind.DEFAULT, line);
        } else {
            refuseSecond(defaults.get(op), line, "op=" + op);
            defaults.put(op, ruling(action, PolicyBasis.Kind.DEFAULT_OP, line));
        }
    }

    private static void refuseSecond(@Nullable Ruling present, Line line, String of) throws PolicySyntaxException {
        if (present != null) {
            throw new Words(line)
                    .current()
                    .notThe("one default for " + of + ", which has its own at line "
                            + present.basis().line());
        }
    }

    private Ruling ruling(Action action, PolicyBasis.Kind kind, Line line) {
        return new Ruling(
                action, new PolicyBasis(header.name(), header.version().toString(), kind, line.number(), line.text()));
    }

    /** Returns the policy after its last line. */
    Policy build(byte[] text) throws PolicySyntaxException {
        Map<Op, OpTable> tables = new EnumMap<>(Op.class);
        for (Op op : Op.values()) {
            Ruling fallback = defaults.get(op);
            if (fallback == null && globalDefault == null && dialect.includes(op.since())) {
                throw last.missing("expected DEFAULT action=ALLOW|DENY, or a default for each operation; op=" + op
                        + " has none at the end of the policy");
            }
            tables.put(op, new OpTable(rules.getOrDefault(op, List.of()), fallback));
        }
        return new Policy(header, dialect, text, globalDefault, tables);
    }
}
