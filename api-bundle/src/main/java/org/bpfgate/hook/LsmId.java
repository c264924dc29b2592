package org.bpfgate.hook;

import java.util.regex.Pattern;

/**
 * The identity of a module, {@code struct lsm_id}. The name is what policies, lists of modules and reports use; it is
 * unique in a stack. The number is the kernel's {@code LSM_ID_*} where the module has one.
 *
 * @param name up to 32 lower-case letters, digits, {@code -} and {@code _}, beginning with a letter
 * @param number the kernel's number, or {@link #UNDEFINED}. Several out-of-tree modules claim 114: never rely on it alone
 */
public record LsmId(String name, int number) {
    /** {@code LSM_ID_UNDEF} of {@code include/uapi/linux/lsm.h}. */
    public static final int UNDEFINED = 0;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    /** Refuses other names. */
    public LsmId {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a security module: \"" + name + "\"");
        }
    }

    /** An identity that the kernel has no number for. */
    public static LsmId named(String name) {
        return new LsmId(name, UNDEFINED);
    }

    /** Returns whether a text can be the name of a module. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
