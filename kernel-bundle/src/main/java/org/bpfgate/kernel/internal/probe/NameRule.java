package org.bpfgate.kernel.internal.probe;

import java.util.List;

/**
 * The names that a probe's program may have.
 *
 * @param names whole names, or beginnings that end with {@code *}; the empty name is one too
 */
record NameRule(List<String> names) {
    /** A program without a name. */
    static final NameRule UNNAMED = new NameRule(List.of(""));

    NameRule {
        names = List.copyOf(names);
    }

    boolean matches(String name) {
        for (String known : names) {
            boolean isBeginning = known.endsWith("*");
            if (isBeginning ? name.startsWith(known.substring(0, known.length() - 1)) : name.equals(known)) {
                return true;
            }
        }
        return false;
    }
}
