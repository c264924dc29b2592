package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_client_unit}: the systemd unit of the process that asks. It holds for no load without such a process.
 *
 * @param unit the wanted unit, such as {@code cilium.service}
 */
public record BpfClientUnit(String unit) implements EqualityProperty {
    /** The longest name of a unit that systemd takes, {@code UNIT_NAME_MAX} less the NUL. */
    private static final int MAX_LENGTH = 255;

    private static final String SIGNS = ":-_.\\@";

    /** Refuses texts that are no names of units: {@link #isUnit} says which. */
    public BpfClientUnit {
        if (!isUnit(unit)) {
            throw new IllegalArgumentException("not the name of a systemd unit: \"" + unit + "\"");
        }
    }

    /** Returns whether a text is a name and a type parted by a dot, of the characters of systemd.unit(5), up to 255. */
    public static boolean isUnit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        int dot = text.lastIndexOf('.');
        return dot > 0 && dot < text.length() - 1 && text.length() <= MAX_LENGTH;
    }

    @Override
    public EventAttribute attribute() {
        return Fact.CLIENT_UNIT;
    }

    @Override
    public Object wanted() {
        return unit;
    }

    @Override
    public String toString() {
        return "bpf_client_unit=" + unit;
    }
}
