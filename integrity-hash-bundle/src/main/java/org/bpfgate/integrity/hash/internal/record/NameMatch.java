package org.bpfgate.integrity.hash.internal.record;

/** How the name of a load fits the names of a list. Ascending: the later says more. */
public enum NameMatch {
    /** No entry of that type has such a name. */
    NONE,

    /** One of the two names has 15 bytes, after which a kernel cuts, and the other one, which is longer, begins with it. */
    MAYBE_CUT,

    /** An entry of that type has that name. */
    WHOLE;

    /** Bytes of a program's name that the kernel keeps: {@code BPF_OBJ_NAME_LEN} less the final NUL. */
    public static final int KERNEL_NAME_LENGTH = 15;

    /**
     * Compares two names. Names that reach a kernel are ASCII, so that characters are bytes.
     *
     * @param listed the name in the list: whole when it comes from a file, cut when it comes from a load
     * @param loaded the name of the load: cut when libraries have cut it, whole when a file is judged
     */
    public static NameMatch of(String listed, String loaded) {
        if (listed.equals(loaded)) {
            return WHOLE;
        }
        return isCut(listed, loaded) || isCut(loaded, listed) ? MAYBE_CUT : NONE;
    }

    private static boolean isCut(String name, String longer) {
        return name.length() == KERNEL_NAME_LENGTH && longer.length() > KERNEL_NAME_LENGTH && longer.startsWith(name);
    }

    /** Returns a name as a kernel keeps it. */
    public static String kept(String name) {
        return name.length() > KERNEL_NAME_LENGTH ? name.substring(0, KERNEL_NAME_LENGTH) : name;
    }
}
