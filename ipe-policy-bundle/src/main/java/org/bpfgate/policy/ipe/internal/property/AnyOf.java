package org.bpfgate.policy.ipe.internal.property;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfgate.policy.ipe.internal.event.EvaluationContext;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.jspecify.annotations.Nullable;

/**
 * A set of values, {@code bpf_prog_type={xdp,sched_cls}}: it holds when one of its members does. Immutable.
 */
public final class AnyOf implements Property {
    private final List<Property> members;
    private final @Nullable EventAttribute attribute;
    private final Set<Object> wanted;

    private AnyOf(List<Property> members) {
        this.members = members;
        this.attribute = commonAttribute(members);
        this.wanted = new HashSet<>();
        for (Property member : members) {
            if (member instanceof EqualityProperty one) {
                wanted.add(one.wanted());
            }
        }
    }

    /**
     * Makes a property that holds when one of some others does.
     *
     * @param members properties of one key; not empty
     * @return the property; the member itself when it is the only one
     */
    public static Property of(Collection<Property> members) {
        List<Property> all = List.copyOf(members);
        return all.size() == 1 ? all.getFirst() : new AnyOf(all);
    }

    private static @Nullable EventAttribute commonAttribute(List<Property> members) {
        EventAttribute common = null;
        for (Property member : members) {
            if (!(member instanceof EqualityProperty one) || (common != null && !common.equals(one.attribute()))) {
                return null;
            }
            common = one.attribute();
        }
        return common;
    }

    /** Returns the properties of which one must hold, in the order of the text. */
    public List<Property> members() {
        return members;
    }

    /** The time does not grow with the members where they want values of one thing. */
    @Override
    public boolean holds(EvaluationContext event) {
        EventAttribute thing = attribute;
        return thing == null ? anyHolds(event) : anyIsWanted(thing, event);
    }

    private boolean anyIsWanted(EventAttribute thing, EvaluationContext event) {
        int n = 0;
        @Nullable Object value = thing.value(event, n);
        while (value != null && !wanted.contains(value)) {
            value = thing.value(event, ++n);
        }
        return value != null;
    }

    private boolean anyHolds(EvaluationContext event) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).holds(event)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AnyOf set && set.members.equals(members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        String first = members.getFirst().toString();
        int value = first.indexOf('=') + 1;
        StringBuilder text = new StringBuilder(first.substring(0, value)).append('{');
        for (int i = 0; i < members.size(); i++) {
            text.append(i == 0 ? "" : ",").append(members.get(i).toString().substring(value));
        }
        return text.append('}').toString();
    }
}
