package org.bpfgate.policy.ipe.internal.property.load;

import java.util.Objects;
import org.bpfgate.policy.ipe.internal.bpf.Licenses;
import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_license}: the licence that the load names, with {@code _} for each blank, because a word has none. It is what the
 * requester says, and the kernel gives some helpers only to those of {@link BpfGplCompatible}.
 *
 * @param license the wanted licence, such as {@code Dual_BSD/GPL}
 */
public record BpfLicense(String license) implements EqualityProperty {
    /** Refuses what no load can have: {@link #isLicense} says which. */
    public BpfLicense {
        Objects.requireNonNull(license);
        if (!isLicense(license)) {
            throw new IllegalArgumentException("not a licence of a program: \"" + license + "\"");
        }
    }

    /** Returns whether a word can stand for a licence: 1 to 127 bytes. */
    public static boolean isLicense(String word) {
        return !word.isEmpty() && word.length() <= Licenses.MAX_LENGTH;
    }

    @Override
    public EventAttribute attribute() {
        return Fact.LICENSE;
    }

    @Override
    public Object wanted() {
        return license;
    }

    @Override
    public String toString() {
        return "bpf_license=" + license;
    }
}
