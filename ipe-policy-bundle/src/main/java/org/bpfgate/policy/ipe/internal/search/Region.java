package org.bpfgate.policy.ipe.internal.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.event.Op;
import org.jspecify.annotations.Nullable;

/**
 * A set of events of one operation: some things have a certain value, some have other values than certain ones. What
 * {@link Implications} says is impossible together is in no region. For one thread at a time.
 */
public final class Region {
    private final Op op;
    private final Map<String, String> fixed;
    private final Map<String, Set<String>> excluded;

    /** All events of an operation. */
    public Region(Op op) {
        this(op, new LinkedHashMap<>(), new HashMap<>());
    }

    private Region(Op op, Map<String, String> fixed, Map<String, Set<String>> excluded) {
        this.op = op;
        this.fixed = fixed;
        this.excluded = excluded;
    }

    /** Returns the same set, to be narrowed on its own. */
    public Region copy() {
        Map<String, Set<String>> others = new HashMap<>();
        excluded.forEach((variable, values) -> others.put(variable, new HashSet<>(values)));
        return new Region(op, new LinkedHashMap<>(fixed), others);
    }

    /** Returns what is certain of all events, besides what the operation implies, in the order in which it became so. */
    public Map<String, String> fixed() {
        return Collections.unmodifiableMap(fixed);
    }

    /** Returns the values that certain things do not have. */
    Map<String, Set<String>> excluded() {
        return Collections.unmodifiableMap(excluded);
    }

    /** Leaves only events that meet an atom; returns whether there are any. */
    public boolean require(Atom atom) {
        if (Atom.isAboutClient(atom.variable()) && !require(Atom.NOT_BY_KERNEL)) {
            return false;
        }
        String known = known(atom.variable());
        if (known != null) {
            return known.equals(atom.value());
        }
        if (isExcluded(atom)) {
            return false;
        }
        fixed.put(atom.variable(), atom.value());
        return true;
    }

    /** Leaves only events that meet all of some atoms; returns whether there are any. */
    public boolean requireAll(Iterable<Atom> atoms) {
        for (Atom atom : atoms) {
            if (!require(atom)) {
                return false;
            }
        }
        return true;
    }

    /** Leaves only events that do not meet an atom; returns whether there are any. */
    boolean forbid(Atom atom) {
        String known = known(atom.variable());
        if (known != null) {
            return !known.equals(atom.value());
        }
        Set<String> values = excluded.computeIfAbsent(atom.variable(), first -> new HashSet<>());
        values.add(atom.value());
        return settle(atom.variable(), values);
    }

    /** Where all values have a word, the last one left is certain. */
    private boolean settle(String variable, Set<String> values) {
        if (Domain.of(variable).isEmpty()) {
            return true;
        }
        List<String> left = Domain.without(variable, values);
        return !left.isEmpty() && (left.size() > 1 || require(new Atom(variable, left.getFirst())));
    }

    /**
     * Returns which of some atoms are uncertain.
     *
     * @return none when all events meet all atoms; null when no event does
     */
    public @Nullable List<Atom> uncertain(Iterable<Atom> atoms) {
        List<Atom> uncertain = new ArrayList<>();
        for (Atom atom : atoms) {
            String known = known(atom.variable());
            boolean free = isFree(atom.variable()) && !isExcluded(atom);
            if (!free && !atom.value().equals(known)) {
                return null;
            }
            if (free) {
                uncertain.add(atom);
            }
        }
        return uncertain;
    }

    /** Returns the value that a thing has in all events; null when it may differ. */
    public @Nullable String known(String variable) {
        String value = fixed.get(variable);
        if (value != null) {
            return value;
        }
        String given = OpConstraints.value(op, variable);
        return given == null ? Implications.value(variable, fixed) : given;
    }

    /** Returns whether a thing may have several values; what is about a process that asks has none in loads by the kernel. */
    public boolean isFree(String variable) {
        return known(variable) == null && !(Atom.isAboutClient(variable) && isByKernel());
    }

    private boolean isByKernel() {
        return Atom.TRUE.equals(known(Atom.NOT_BY_KERNEL.variable()));
    }

    private boolean isExcluded(Atom atom) {
        Set<String> values = excluded.get(atom.variable());
        return (values != null && values.contains(atom.value())) || Implications.exclude(atom, fixed);
    }
}
