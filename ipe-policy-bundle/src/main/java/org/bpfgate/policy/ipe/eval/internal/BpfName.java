package org.bpfgate.policy.ipe.eval.internal;

/**
 * {@code bpf_name}: the name that the load gives the program. Whoever asks for the load chooses it.
 *
 * @param name the wanted name
 */
public record BpfName(String name) implements Discriminating {
    /** The longest name that a kernel keeps, in bytes: {@code BPF_OBJ_NAME_LEN} of {@code include/uapi/linux/bpf.h} less one. */
    public static final int MAX_LENGTH = 15;

    /** Refuses names that no program in a kernel has: {@link #isName} says which. */
    public BpfName {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a program: \"" + name + "\"");
        }
    }

    /** Returns whether a text is 1 to {@value #MAX_LENGTH} of the characters that {@code bpf_obj_name_cpy()} lets through. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_' && c != '.') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    @Override
    public Dimension dimension() {
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
