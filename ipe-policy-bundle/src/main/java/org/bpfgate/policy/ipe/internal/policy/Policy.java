package org.bpfgate.policy.ipe.internal.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bpfgate.policy.ipe.internal.event.Dialect;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.LoaderVerdict;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.jspecify.annotations.Nullable;

/** A policy that is ready to decide, {@code struct ipe_policy}. Immutable; safe for use by several threads. */
public final class Policy {
    private static final OpTable NO_WORD = new OpTable(List.of(), null);

    private final PolicyHeader header;
    private final Dialect dialect;
    private final byte[] text;
    private final @Nullable Ruling globalDefault;
    private final EnumMap<Op, OpTable> tables;

    /**
     * Makes a policy.
     *
     * @param header its name and version
     * @param dialect the vocabulary in which it is written
     * @param text the bytes that it was read from; copied
     * @param globalDefault what holds where an operation has no default of its own; may be missing
     * @param tables what it says about single operations; copied
     * @throws IllegalArgumentException when an operation of the dialect would have no default at all
     */
    public Policy(
            PolicyHeader header,
            Dialect dialect,
            byte[] text,
            @Nullable Ruling globalDefault,
            Map<Op, OpTable> tables) {
        this.header = Objects.requireNonNull(header);
        this.dialect = Objects.requireNonNull(dialect);
        this.text = text.clone();
        this.globalDefault = globalDefault;
        this.tables = new EnumMap<>(Op.class);
        this.tables.putAll(tables);
        requireDefaults();
    }

    private void requireDefaults() {
        for (Op op : Op.values()) {
            if (dialect.includes(op.since()) && defaultOf(op) == null) {
                throw new IllegalArgumentException("no default holds for " + op);
            }
        }
    }

    /**
     * Evaluates the policy: the first matching rule of the event's operation, else the default of the operation, else the
     * policy's default. An operation that the dialect does not know counts as none, for which only the policy's default is
     * asked. The time does not grow with rules that want other values than the event has.
     *
     * @param event the event
     * @return the line that decides; null for an event without an operation of the dialect when the policy has no default of
     *     its own, which a kernel would allow with a warning
     */
    public @Nullable Ruling decide(EvaluationContext event) {
        Op op = event.op();
        OpTable table = op == null ? null : tables.get(op);
        Ruling ruling = table == null ? null : table.decide(event);
        return ruling == null ? globalDefault : ruling;
    }

    /**
     * Evaluates the policy for a load, of which a dialect may ask in two operations: the second one counts when the first allows
     * and the signature covers the maps too.
     *
     * @param load the load
     * @return the line that decides
     * @throws IllegalStateException when the dialect has no operation for loads
     */
    public Ruling decideLoad(EvaluationContext load) {
        Ruling first = decide(load);
        if (first == null) {
            throw new IllegalStateException("the dialect " + dialect.label() + " has no operation for loads");
        }
        if (!first.allows()
                || !dialect.includes(Op.BPF_PROG_LOAD_POST_INTEGRITY.since())
                || load.loaderVerdict() != LoaderVerdict.METADATA_VERIFIED) {
            return first;
        }
        Ruling second = Objects.requireNonNullElse(tables.get(Op.BPF_PROG_LOAD_POST_INTEGRITY), NO_WORD)
                .decide(load);
        Ruling last = second == null ? globalDefault : second;
        return last == null || last.allows() ? first : last;
    }

    /**
     * Returns the rule about loads at a line of the text.
     *
     * @throws IllegalArgumentException when no such rule stands there
     */
    public Rule ruleOfLoadsAt(int line) {
        for (Rule rule : about(Op.BPF_PROG_LOAD_POST_INTEGRITY).rules()) {
            if (rule.ruling().basis().line() == line) {
                return rule;
            }
        }
        return about(Op.BPF_PROG_LOAD).ruleAt(line);
    }

    /** Returns what holds for an operation when no rule matches; null when nothing does, as for one of another dialect. */
    public @Nullable Ruling defaultOf(Op op) {
        Ruling own = about(op).fallback();
        return own == null ? globalDefault : own;
    }

    /** Returns what holds where an operation has no default of its own; null when every operation has one. */
    public @Nullable Ruling globalDefault() {
        return globalDefault;
    }

    /** Returns the name and the version. */
    public PolicyHeader header() {
        return header;
    }

    /** Returns the vocabulary in which the policy is written. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns a copy of the bytes that the policy was read from, all of them. */
    public byte[] text() {
        return text.clone();
    }

    /** Returns what the policy says about one operation; an empty table when it says nothing. */
    public OpTable about(Op op) {
        return tables.getOrDefault(op, NO_WORD);
    }
}
