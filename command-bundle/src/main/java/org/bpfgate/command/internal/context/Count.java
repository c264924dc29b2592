package org.bpfgate.command.internal.context;

/** A number of things in words. */
public final class Count {
    private Count() {}

    /** Returns such as "1 digest" or "2 digests". */
    public static String of(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
