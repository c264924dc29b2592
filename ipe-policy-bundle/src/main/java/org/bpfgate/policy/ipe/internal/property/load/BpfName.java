package org.bpfgate.policy.ipe.internal.property.load;

import org.bpfgate.policy.ipe.internal.event.EventAttribute;
import org.bpfgate.policy.ipe.internal.event.Fact;
import org.bpfgate.policy.ipe.internal.event.LoadedProgram;
import org.bpfgate.policy.ipe.internal.property.EqualityProperty;

/**
 * {@code bpf_name}: the name that the load gives the program. Whoever asks for the load chooses it.
 *
 * @param name the wanted name
 */
public record BpfName(String name) implements EqualityProperty {
    /** Refuses names that no program in a kernel has: {@link #isName} says which. */
    public BpfName {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a program: \"" + name + "\"");
        }
    }

    /** Returns whether a text is 1 to {@value LoadedProgram#MAX_NAME_LENGTH} of the characters that {@code bpf_obj_name_cpy()} lets through. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' && c != '.') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LoadedProgram.MAX_NAME_LENGTH;
    }

    @Override
    public EventAttribute attribute() {
        return Fact.PROGRAM_NAME;
    }

    @Override
    public Object wanted() {
        return name;
    }

    @Override
    public String toString() {
        return "bpf_name=" + name;
    }
}
